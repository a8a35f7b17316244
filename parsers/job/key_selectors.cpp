#include "job/key_selectors.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "classfile/access_flags.h"
#include "classfile/names.h"
#include "job/method_code.h"
#include "job/method_digest.h"

namespace preflight {
namespace {

constexpr std::uint8_t kInvokeStaticHandle = 6;  // JVMS table 5.4.3.5-A

// Opcodes (JVMS 6.5).
constexpr std::uint8_t kLoad = 0x15;       // iload to aload, with the local variable as operand
constexpr std::uint8_t kShortLoad = 0x1A;  // iload_0 to aload_3
constexpr std::uint8_t kStore = 0x36;
constexpr std::uint8_t kShortStore = 0x3B;
constexpr std::uint8_t kFirstReturn = 0xAC;
constexpr std::uint8_t kReturnReference = 0xB0;
constexpr std::uint8_t kInvokeStatic = 0xB8;
constexpr std::uint8_t kCheckCast = 0xC0;
constexpr std::size_t kDeepest = 40;  // Methods within methods.
constexpr int kTypes = 5;
constexpr int kShortForms = 4;

struct LocalAccess {
  int opcode = 0;  ///< The form with an operand.
  int local = 0;
};

std::optional<LocalAccess> local_access(const Instruction& instruction) {
  for (const auto& [with_operand, with_number] : {std::pair(kLoad, kShortLoad), std::pair(kStore, kShortStore)}) {
    const int number = instruction.opcode - with_number;
    if (number >= 0 && number < kTypes * kShortForms)
      return LocalAccess{with_operand + number / kShortForms, number % kShortForms};
    if (instruction.opcode < with_operand || instruction.opcode >= with_operand + kTypes)
      continue;
    int local = 0;
    for (const std::byte operand : instruction.operands)
      local = local << 8 | std::to_integer<int>(operand);
    return LocalAccess{instruction.opcode, local};
  }
  return std::nullopt;
}

bool is_return(const Instruction& instruction) {
  return instruction.opcode >= kFirstReturn && instruction.opcode <= kReturnReference;
}

/// Nothing where the instruction calls none, or its index leads elsewhere.
std::optional<ConstantPool::Member> called_method(const LoadedClass& owner, const Instruction& instruction) {
  const auto index = instruction.member();
  if (!index)
    return std::nullopt;
  const ConstantTag tag = owner.view.pool.tag(*index);
  const bool method = tag == ConstantTag::method || tag == ConstantTag::interface_method;
  return method ? std::optional(owner.view.pool.member(*index)) : std::nullopt;
}

/// Long.valueOf(long) and its kin, which a lambda has in its body and a method reference has not.
bool boxes(const LoadedClass& owner, const Instruction& instruction) {
  constexpr std::array<std::string_view, 8> kBoxes = {"java/lang/Boolean", "java/lang/Byte",    "java/lang/Character",
                                                      "java/lang/Short",   "java/lang/Integer", "java/lang/Long",
                                                      "java/lang/Float",   "java/lang/Double"};
  const auto called = called_method(owner, instruction);
  return called && instruction.opcode == kInvokeStatic && called->name == "valueOf" && called->descriptor.size() > 2 &&
         called->descriptor[2] == ')' && std::ranges::find(kBoxes, called->owner) != kBoxes.end();
}

std::optional<std::string> text_of_constant(const Value* value) {
  const bool known = value != nullptr && (value->is<IntegerValue>() || value->is<FloatingValue>() ||
                                          value->is<TextValue>() || value->is<ClassValue>());
  return known ? std::optional(to_text(*value)) : std::nullopt;
}

/// Texts alone, without a class file that they are from.
class TextDigest {
 public:
  void add(std::string_view text) { digest_.add(text); }
  void add_number(std::uint64_t number) { digest_.add_number(static_cast<std::int64_t>(number)); }
  std::uint64_t value() const { return digest_.value(); }

 private:
  ClassView view_;
  ClassAttributes attributes_;
  MethodDigest digest_{view_, attributes_};
};

/// Digests of functions in which a called method of the application's own stands for its instructions, wherever it is.
class FunctionDigests {
 public:
  explicit FunctionDigests(ClassPool& pool) : pool_(pool) {}

  /// `first_local` is that of the element: 1 where the function has an object before it.
  std::optional<std::uint64_t> of_method(const FoundMethod& method, int first_local) {
    const MethodCode* code = !method || method.is_abstract() ? nullptr : pool_.code_of(method);
    if (code == nullptr || code->instructions().size() > instructions_left_ || open_.size() >= kDeepest ||
        !open_.insert(method.method).second)
      return std::nullopt;
    instructions_left_ -= code->instructions().size();
    const std::vector<const Instruction*> body = body_of(*method.owner, *code);
    std::optional<std::uint64_t> digest = of_forwarded(*method.owner, body, first_local);
    if (!digest)
      digest = of_body(*method.owner, body, first_local);
    open_.erase(method.method);
    return digest;
  }

  std::optional<std::uint64_t> of_object(const ObjectValue& object, const std::vector<std::string>& methods) {
    const LoadedClass* found = pool_.is_own(object.class_name) ? pool_.find(object.class_name) : nullptr;
    if (found == nullptr)
      return std::nullopt;
    const LoadedClass& loaded = *found;
    const auto has_name = [&](const MethodView& method) {
      return (method.access_flags & (kAccStatic | kAccBridge)) == 0 &&
             std::ranges::find(methods, method.name) != methods.end();
    };
    const auto method = std::ranges::find_if(loaded.view.methods, has_name);
    if (method == loaded.view.methods.end())
      return std::nullopt;
    const std::optional<std::uint64_t> code = of_method({&loaded, &*method}, 1);
    const bool has_fields = std::ranges::any_of(
        loaded.view.fields, [](const FieldView& field) { return (field.access_flags & kAccStatic) == 0; });
    if (!code || !has_fields)
      return code;
    return with_fields(*code, loaded, object.constructor.arguments);
  }

  std::optional<std::uint64_t> of_lambda(const LambdaValue& lambda) {
    const MethodHandleValue& target = lambda.target;
    const bool has_object = target.kind != kInvokeStaticHandle && !lambda.captured.empty();
    const std::optional<std::uint64_t> code =
        of_method(pool_.find_method(target.owner, target.name, target.descriptor), has_object ? 1 : 0);
    if (!code || lambda.captured.empty())
      return code;
    TextDigest digest;
    digest.add_number(*code);
    for (const Value* captured : lambda.captured)
      digest.add(text_of_constant(captured).value_or(""));
    return digest.value();
  }

 private:
  /// Without what changes no value: casts, and the boxes around them.
  static std::vector<const Instruction*> body_of(const LoadedClass& owner, const MethodCode& code) {
    std::vector<const Instruction*> body;
    for (const Instruction& instruction : code.instructions())
      if (instruction.opcode != kCheckCast && !boxes(owner, instruction))
        body.push_back(&instruction);
    return body;
  }

  /// Of a body that does nothing but hand the element to another method: that one's.
  std::optional<std::uint64_t> of_forwarded(const LoadedClass& owner, const std::vector<const Instruction*>& body,
                                            int first_local) {
    if (body.size() != 3 || !is_return(*body[2]))
      return std::nullopt;
    const auto element = local_access(*body[0]);
    const auto called = called_method(owner, *body[1]);
    const bool loads_it = element && element->opcode < kStore && element->local == first_local;
    return loads_it && called ? of_called(*called) : std::nullopt;
  }

  std::optional<std::uint64_t> of_body(const LoadedClass& owner, const std::vector<const Instruction*>& body,
                                       int first_local) {
    MethodDigest digest(owner.view, owner.attributes,
                        [this](const ConstantPool::Member& called) { return of_called(called); });
    for (const Instruction* instruction : body)
      if (const auto access = local_access(*instruction)) {
        digest.add_number(access->opcode);
        digest.add_number(access->local - first_local);
      } else if (is_return(*instruction)) {
        digest.add_number(kReturnReference);
      } else {
        digest.add(*instruction);
      }
    return digest.value();
  }

  std::optional<std::uint64_t> of_called(const ConstantPool::Member& called) {
    return of_method(pool_.find_method(binary_name(called.owner), called.name, called.descriptor), 0);
  }

  /// What its fields are set to counts too.
  std::uint64_t with_fields(std::uint64_t code, const LoadedClass& loaded, const std::vector<const Value*>& arguments) {
    TextDigest digest;
    digest.add_number(code);
    for (const MethodView& method : loaded.view.methods)
      if (method.name == "<init>")
        digest.add_number(of_method({&loaded, &method}, 1).value_or(0));
    for (const Value* argument : arguments)
      digest.add(text_of_constant(argument).value_or(""));
    return digest.value();
  }

  ClassPool& pool_;
  std::size_t instructions_left_ = 20'000;  ///< Past them a method stands for its name.
  std::set<const MethodView*> open_;        ///< A method that calls itself stands for its name there.
};

}  // namespace

JobKeySelector key_selector_of(const FunctionArgument& selector, ClassPool& pool) {
  FunctionDigests digests(pool);
  if (selector.value == nullptr)
    return {};
  if (const auto* lambda = selector.value->as<LambdaValue>())
    return {lambda->target.owner + "." + lambda->target.name, digests.of_lambda(*lambda)};
  if (const auto* object = selector.value->as<ObjectValue>())
    return {object->class_name, digests.of_object(*object, selector.row->methods)};
  return {};
}

JobKeySelector key_selector_of_fields(const std::vector<const Value*>& fields) {
  TextDigest digest;
  for (const Value* field : fields) {
    const std::optional<std::string> text = text_of_constant(field);
    if (!text)
      return {};
    digest.add(*text);
  }
  return {{}, digest.value()};
}

}  // namespace preflight
