#include "savepoint/savepoint.h"

#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "input/file_bytes.h"
#include "savepoint/metadata.h"
#include "savepoint/operator_assembly.h"
#include "savepoint/savepoint_assembly.h"

namespace preflight {
namespace {

/// Flink reads `_metadata` into the job manager's heap: no real one comes near.
constexpr std::uint64_t kMaxMetadataBytes = std::uint64_t{8} << 30U;
constexpr const char* kExpected = "a savepoint's _metadata";

std::filesystem::path metadata_path_of(const std::filesystem::path& path) {
  std::error_code ignored;
  if (path == "-" || !std::filesystem::is_directory(path, ignored))
    return path;
  const std::filesystem::path metadata = path / "_metadata";
  if (!std::filesystem::exists(metadata, ignored))
    throw InputError(InputErrorKind::unreadable, {path.string()},
                     "expected the directory of a savepoint, found no _metadata in it");
  return metadata;
}

/// Turns the operators of `_metadata`, as they come by, into those of a Savepoint.
class Operators : public MetadataVisitor {
 public:
  Operators(const InputPlace& place, StateFiles& files, std::uint64_t metadata_bytes)
      : place_(place), files_(files), memory_(limit_of_operators(metadata_bytes)) {}

  void on_operator(const MetadataOperator& head) override {
    finish();
    current_.emplace(head, place_, files_, backends_, memory_);
  }
  void on_subtask(const MetadataSubtask& subtask) override { current_->add(subtask); }
  void on_finished_subtask() override { current_->add_finished(); }

  void finish_into(Savepoint& savepoint) {
    finish();
    savepoint.operators = std::move(operators_);
    savepoint.backends = backends_.names(savepoint.properties);
  }

 private:
  void finish() {
    if (current_)
      operators_.push_back(std::move(*current_).finish());
    current_.reset();
  }

  const InputPlace& place_;
  StateFiles& files_;
  Backends backends_;
  MemoryLimit memory_;
  std::optional<OperatorAssembly> current_;
  std::vector<OperatorState> operators_;
};

}  // namespace

const char* to_string(StateKind kind) {
  switch (kind) {
    case StateKind::keyed:
      return "keyed";
    case StateKind::timer:
      return "timer";
    case StateKind::operator_list:
      return "operator-list";
    case StateKind::operator_union:
      return "operator-union";
    case StateKind::broadcast:
      return "broadcast";
    case StateKind::raw_keyed:
      return "raw-keyed";
    case StateKind::raw_operator:
      return "raw-operator";
    case StateKind::coordinator:
      return "coordinator";
  }
  return "unknown";
}

Savepoint assemble_savepoint(std::span<const std::byte> metadata, const InputPlace& place, StateFiles files) {
  Operators operators(place, files, metadata.size());
  Metadata head = read_metadata(metadata, place, operators);
  Savepoint savepoint;
  savepoint.metadata_path = place.path;
  savepoint.metadata_version = head.version;
  savepoint.checkpoint_id = head.checkpoint_id;
  savepoint.properties = std::move(head.properties);
  savepoint.master_states = std::move(head.master_states);
  operators.finish_into(savepoint);
  return savepoint;
}

Savepoint read_savepoint(const std::filesystem::path& path) {
  const std::filesystem::path metadata = metadata_path_of(path);
  const std::vector<std::byte> bytes = read_file(metadata, kMaxMetadataBytes, kExpected);
  return assemble_savepoint(bytes, {metadata.string()}, StateFiles::beside(metadata));
}

}  // namespace preflight
