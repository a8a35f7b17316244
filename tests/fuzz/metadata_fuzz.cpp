#include "fuzz_target.h"
#include "savepoint/metadata.h"
#include "savepoint/operator_assembly.h"

namespace {

/// Assembles each operator, with the streams that are inside `_metadata`, as read_savepoint does.
class Assembling : public preflight::MetadataVisitor {
 public:
  void on_operator(const preflight::MetadataOperator& head) override {
    assembly_.emplace(head, preflight::fuzz::kPlace, files_, backends_);
  }
  void on_subtask(const preflight::MetadataSubtask& subtask) override { assembly_->add(subtask); }
  void on_finished_subtask() override { assembly_->add_finished(); }

 private:
  preflight::StateFiles files_ = preflight::StateFiles::none();
  preflight::Backends backends_;
  std::optional<preflight::OperatorAssembly> assembly_;
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return preflight::fuzz::run(data, size, [](std::span<const std::byte> bytes) {
    Assembling visitor;
    preflight::read_metadata(bytes, preflight::fuzz::kPlace, visitor);
  });
}
