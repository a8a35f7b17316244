#pragma once

// Private to the reader of jobs.

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "classfile/attributes.h"
#include "classfile/bytecode.h"
#include "classfile/class_view.h"

namespace preflight {

/// A digest of instructions and texts, in which every constant stands for what it names. Texts are ended by a byte that
/// modified UTF-8 does not have.
class MethodDigest {
 public:
  /// What stands for a method that is called; nothing where its name does.
  using DigestOfCalled = std::function<std::optional<std::uint64_t>(const ConstantPool::Member&)>;

  /// `view` and its `attributes` must outlive it.
  MethodDigest(const ClassView& view, const ClassAttributes& attributes, DigestOfCalled called = {});

  void add(std::string_view text);
  void add_number(std::int64_t number);
  void add(const Instruction& instruction);
  std::uint64_t value() const { return XXH3_64bits_digest(state_.get()); }

 private:
  struct Free {
    void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
  };

  void add_constant(std::uint16_t index);
  void add_member(std::uint16_t index);
  void add_call_site(std::uint16_t index);

  const ClassView& view_;
  const ClassAttributes& attributes_;
  DigestOfCalled called_;
  std::unique_ptr<XXH3_state_t, Free> state_{XXH3_createState()};
};

}  // namespace preflight
