#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "savepoint/memory_limit.h"
#include "savepoint/metadata.h"
#include "savepoint/savepoint.h"
#include "savepoint/state_files.h"
#include "savepoint/stream_header.h"

namespace preflight {

/// The kinds of keyed state handles that a savepoint was seen to use.
class Backends {
 public:
  void add(const KeyedStateHandle& handle);
  /// Sorted names. Key groups of a savepoint in the native format can only come from the hashmap backend.
  std::vector<std::string> names(const std::optional<CheckpointProperties>& properties) const;

 private:
  bool changelog_ = false;
  std::set<KeyedStatePart::Kind> kinds_;
};

/// What operators that are kept may take, for `input_bytes` of `_metadata`; state files add to it.
MemoryLimit limit_of_operators(std::uint64_t input_bytes);

/// Puts one operator together from its subtasks: the union of their states. Subtasks whose streams begin with the same
/// header, which most do, are read once. Throws InputError (over_limit) where operators take more memory than `memory`
/// has: only a file that is made for it gets there.
class OperatorAssembly {
 public:
  OperatorAssembly(const MetadataOperator& head, const InputPlace& place, StateFiles& files, Backends& backends,
                   MemoryLimit& memory);

  void add(const MetadataSubtask& subtask);
  void add_finished() { ++operator_.finished_subtasks; }
  /// The operator, its states sorted by kind and name.
  OperatorState finish() &&;

 private:
  enum class Contents { operator_state, keyed_state };

  void add_operator_state(const OperatorStateHandle& handle);
  /// Keeps the first element of each state of byte arrays that has none yet.
  void take_samples(const OperatorStateHandle& handle);
  void add_raw_operator_state(const OperatorStateHandle& handle);
  void add_keyed_state(const KeyedStateHandle& handle);
  void add_raw_keyed_state(const KeyedStateHandle& handle);
  void add_raw_keyed_part(const KeyedStatePart& part);
  void add_changes(const KeyedStatePart& part);
  /// Reads the header of a stream and merges its states; false where part of it could not be read.
  bool add_header(const StreamHandle& stream, Contents contents);
  bool read_header(const StreamHandle& stream, Contents contents);
  /// Whether the known header that `bytes` begin with was read to its end; nullopt where they begin with none.
  std::optional<bool> known_header(std::span<const std::byte> bytes, Contents contents) const;

  void merge(StreamHeader header);
  void merge(StateMetaInfo info);
  State& state(StateKind kind, const std::string& name);
  void add_unread(const std::string& reason);
  /// Takes memory for what stays until the end.
  void keep(std::uint64_t bytes);

  const InputPlace* place_;
  StateFiles* files_;
  Backends* backends_;
  MemoryLimit* memory_;
  OperatorState operator_;
  std::map<std::pair<StateKind, std::string>, State> states_;
  std::uint64_t more_unread_ = 0;
  int sampled_handles_ = 0;

  struct KnownHeader {
    Contents contents;
    bool whole;
    std::span<const std::byte> bytes;
    std::vector<std::byte> storage;  ///< Owns `bytes` where they came from a file.
  };
  std::vector<KnownHeader> known_headers_;

  /// Path as it stands in `_metadata`, start, and what is read from there.
  using FilePlace = std::tuple<std::string_view, std::uint64_t, Contents>;
  std::map<FilePlace, bool> read_files_;  ///< And whether each was read to the end of its header.
};

}  // namespace preflight
