#pragma once

#include <vector>

#include "application/class_texts.h"
#include "application/linked_class.h"
#include "classfile/attributes.h"
#include "classfile/class_view.h"
#include "input/input_error.h"

namespace preflight {

/// Every symbol that a class uses, in the order of SymbolUse's contract: super types, then the code of its methods,
/// then what no instruction names. Their views look into `texts`. `place` is that of the class file. Throws InputError:
/// corrupt (bytecode that is none, an index that leads to the wrong constant), truncated, unsupported (more than a
/// million constants at call sites).
std::vector<SymbolUse> find_symbol_uses(const ClassView& view, const ClassAttributes& attributes,
                                        const InputPlace& place, ClassTexts& texts,
                                        JavaUses java_uses = JavaUses::kept);

}  // namespace preflight
