#include "savepoint/operator_assembly.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "savepoint/changelog_files.h"
#include "savepoint/state_memory.h"

namespace preflight {
namespace {

constexpr std::uint64_t kFirstRead = std::uint64_t{64} << 10U;
constexpr std::uint64_t kMaxHeader = std::uint64_t{64} << 20U;
constexpr std::uint64_t kReadGrowth = 8;

/// Headers per operator that are kept for comparison; the subtasks of one operator write few different ones.
constexpr std::size_t kMaxKnownHeaders = 16;
constexpr std::uint64_t kKeptMemory = std::uint64_t{24} << 20U;
constexpr std::uint64_t kKeptMemoryPerByte = 8;
/// Links and colour of a node of std::map, and what malloc adds.
constexpr std::uint64_t kNode = 48;

/// Of an operator: how many handles are looked into for a first element, and how much is kept of one.
constexpr int kMaxSampledHandles = 16;
constexpr std::size_t kMaxSample = 256;

/// Reasons per operator; the others are counted.
constexpr std::size_t kMaxUnread = 16;

bool begins_with(std::span<const std::byte> bytes, std::span<const std::byte> prefix) {
  return bytes.size() >= prefix.size() && std::memcmp(bytes.data(), prefix.data(), prefix.size()) == 0;
}

/// Whether a header that was not read to its end may be because the bytes end too early.
bool may_need_more(const StreamHeader& header) {
  return header.problem &&
         (header.problem->kind() == InputErrorKind::truncated || header.problem->kind() == InputErrorKind::corrupt);
}

/// The field of a State that a serializer belongs in.
std::optional<SerializerSnapshot>* place_of(State& state, const std::string& serializer_key) {
  const bool element = state.kind == StateKind::operator_list || state.kind == StateKind::operator_union;
  if (serializer_key == "VALUE_SERIALIZER")
    return element ? &state.element : &state.value;
  if (serializer_key == "NAMESPACE_SERIALIZER")
    return &state.namespace_serializer;
  if (serializer_key == "KEY_SERIALIZER" || serializer_key == "USER_KEY_SERIALIZER")
    return &state.key;
  return nullptr;
}

State state_of(StateMetaInfo info) {
  State state;
  state.name = std::move(info.name);
  state.kind = info.kind.value_or(StateKind::keyed);
  state.backend_state_type = std::move(info.backend_state_type);
  state.options = std::move(info.options);
  std::sort(state.options.begin(), state.options.end());
  for (auto& [key, snapshot] : info.serializers) {
    if (std::optional<SerializerSnapshot>* place = place_of(state, key))
      *place = std::move(snapshot);
    else
      state.other_serializers.emplace_back(std::move(key), std::move(snapshot));
  }
  return state;
}

bool has_bytes(const StreamHandle& stream) {
  return stream.kind != StreamHandle::Kind::none && stream.kind != StreamHandle::Kind::empty_segment;
}

bool is_named_only(const State& state) {
  return state.backend_state_type.empty() && !state.key && !state.value && !state.element;
}

bool same_snapshots(const State& a, const State& b) {
  return a.options == b.options && a.key == b.key && a.namespace_serializer == b.namespace_serializer &&
         a.value == b.value && a.element == b.element && a.other_serializers == b.other_serializers;
}

bool has_byte_arrays(const State& state) {
  return state.element && state.element->serializer == "BytePrimitiveArraySerializer";
}

/// A byte array as BytePrimitiveArraySerializer writes it, without its length.
std::string first_element(const StreamBytes& stream) {
  ByteReader reader(stream.bytes, stream.place, stream.offset);
  const std::int32_t length = reader.i4("length of an element");
  std::string element(std::min<std::size_t>(length > 0 ? static_cast<std::size_t>(length) : 0, reader.remaining()),
                      ' ');
  for (char& byte : element)
    byte = static_cast<char>(reader.i1("byte of an element"));
  return element;
}

/// The first offset that a raw keyed handle uses, or nullopt where it holds nothing (-1 for each key group).
std::optional<std::uint64_t> first_used_offset(const KeyedStatePart& part, const InputPlace& place) {
  ByteReader offsets = part.key_group_offsets.reader(place);
  while (!offsets.at_end())
    if (const std::int64_t offset = offsets.i8("key-group offset"); offset >= 0)
      return static_cast<std::uint64_t>(offset);
  return std::nullopt;
}

}  // namespace

void Backends::add(const KeyedStateHandle& handle) {
  changelog_ = changelog_ || handle.changelog;
  for (const KeyedStatePart& part : handle.parts)
    kinds_.insert(part.kind);
}

std::vector<std::string> Backends::names(const std::optional<CheckpointProperties>& properties) const {
  const bool savepoint = properties && !properties->format.empty();
  std::set<std::string> names;
  if (changelog_)
    names.insert("changelog");
  for (const KeyedStatePart::Kind kind : kinds_) {
    switch (kind) {
      case KeyedStatePart::Kind::key_groups:
        names.insert(savepoint ? "hashmap-native" : "hashmap-or-rocksdb-full");
        break;
      case KeyedStatePart::Kind::canonical_key_groups:
        names.insert("canonical");
        break;
      case KeyedStatePart::Kind::incremental:
        names.insert("rocksdb-incremental");
        break;
      case KeyedStatePart::Kind::changelog_in_memory:
      case KeyedStatePart::Kind::changelog_in_files:
        names.insert("changelog");
        break;
    }
  }
  return {names.begin(), names.end()};
}

MemoryLimit limit_of_operators(std::uint64_t input_bytes) {
  return {kKeptMemory, kKeptMemoryPerByte, input_bytes};
}

OperatorAssembly::OperatorAssembly(const MetadataOperator& head, const InputPlace& place, StateFiles& files,
                                   Backends& backends, MemoryLimit& memory)
    : place_(&place), files_(&files), backends_(&backends), memory_(&memory) {
  keep(kGrowingElement<OperatorState> + head.uid.value_or("").size() + head.name.value_or("").size());
  operator_.id = head.id;
  operator_.uid = head.uid;
  operator_.name = head.name;
  operator_.parallelism = head.parallelism;
  operator_.max_parallelism = head.max_parallelism;
  operator_.fully_finished = head.fully_finished;
  if (head.coordinator.kind != StreamHandle::Kind::none) {
    operator_.coordinator_state_bytes = head.coordinator.size;
    operator_.state_bytes = head.coordinator.size;
    operator_.has_state = true;
    state(StateKind::coordinator, "coordinator");
  }
}

void OperatorAssembly::add(const MetadataSubtask& subtask) {
  if (!subtask.has_state())
    return;
  ++operator_.subtasks_with_state;
  operator_.has_state = true;
  operator_.has_channel_state = operator_.has_channel_state || subtask.channel_handles != 0;
  for (const std::uint64_t bytes :
       {subtask.managed_operator.stream.size, subtask.raw_operator.stream.size, subtask.managed_keyed.state_bytes,
        subtask.raw_keyed.state_bytes, subtask.channel_bytes})
    operator_.state_bytes = saturating_sum(operator_.state_bytes, bytes);
  backends_->add(subtask.managed_keyed);
  add_operator_state(subtask.managed_operator);
  add_raw_operator_state(subtask.raw_operator);
  add_keyed_state(subtask.managed_keyed);
  add_raw_keyed_state(subtask.raw_keyed);
}

void OperatorAssembly::add_operator_state(const OperatorStateHandle& handle) {
  // The handle itself names the states, which is all there is where the stream cannot be read.
  if (!handle.present)
    return;
  if (add_header(handle.stream, Contents::operator_state))
    take_samples(handle);
  else
    for_each_state(handle, *place_,
                   [&](const std::string& name, StateKind kind, std::optional<std::uint64_t>) { state(kind, name); });
}

void OperatorAssembly::take_samples(const OperatorStateHandle& handle) {
  if (sampled_handles_ == kMaxSampledHandles)
    return;
  ++sampled_handles_;
  for_each_state(handle, *place_, [&](const std::string& name, StateKind kind, std::optional<std::uint64_t> offset) {
    const auto found = states_.find({kind, name});
    if (!offset || found == states_.end() || !has_byte_arrays(found->second) || !found->second.sample.empty())
      return;
    try {
      const StreamBytes bytes = files_->read(handle.stream, *place_, *offset, sizeof(std::int32_t) + kMaxSample);
      memory_->allow_for(bytes.new_file_bytes);
      found->second.sample = first_element(bytes);
      keep(2 * found->second.sample.size());
    } catch (const InputError& error) {
      add_unread(error.what());
    }
  });
}

void OperatorAssembly::add_raw_operator_state(const OperatorStateHandle& handle) {
  if (handle.present)
    for_each_state(handle, *place_, [&](const std::string& name, StateKind, std::optional<std::uint64_t>) {
      state(StateKind::raw_operator, name);
    });
}

void OperatorAssembly::add_keyed_state(const KeyedStateHandle& handle) {
  for (const KeyedStatePart& part : handle.parts) {
    if (part.kind == KeyedStatePart::Kind::changelog_in_memory)
      add_changes(part);
    else if (part.kind == KeyedStatePart::Kind::changelog_in_files)
      read_changelog_files(part, *place_, *files_,
                           {[&](StreamHeader header) { merge(std::move(header)); },
                            [&](const std::string& reason) { add_unread(reason); }});
    else
      add_header(part.stream, Contents::keyed_state);
  }
}

void OperatorAssembly::add_changes(const KeyedStatePart& part) {
  constexpr std::int32_t kMetadataKeyGroup = -1;
  ByteReader changes = part.changes.reader(*place_);
  for (std::uint32_t i = 0; i < part.change_count; ++i) {
    const std::int32_t key_group = changes.i4("key group of a change");
    const ByteReader change = changes.slice(changes.count(1, "length of a change"), "change");
    if (key_group == kMetadataKeyGroup)
      merge(read_changelog_metadata(change));
  }
}

void OperatorAssembly::add_raw_keyed_state(const KeyedStateHandle& handle) {
  for (const KeyedStatePart& part : handle.parts)
    add_raw_keyed_part(part);
}

void OperatorAssembly::add_raw_keyed_part(const KeyedStatePart& part) {
  const std::optional<std::uint64_t> offset = first_used_offset(part, *place_);
  if (!offset || !has_bytes(part.stream))
    return;
  try {
    const StreamBytes stream = files_->read(part.stream, *place_, *offset, kFirstRead);
    memory_->allow_for(stream.new_file_bytes);
    std::optional<StreamHeader> timers = read_raw_timers_header({stream.bytes, stream.place, stream.offset});
    if (timers)
      merge(*std::move(timers));
    else
      state(StateKind::raw_keyed, "raw-keyed");
  } catch (const InputError& error) {
    state(StateKind::raw_keyed, "raw-keyed");
    add_unread(error.what());
  }
}

std::optional<bool> OperatorAssembly::known_header(std::span<const std::byte> bytes, Contents contents) const {
  for (const KnownHeader& known : known_headers_)
    if (known.contents == contents && begins_with(bytes, known.bytes))
      return known.whole;
  return std::nullopt;
}

bool OperatorAssembly::add_header(const StreamHandle& stream, Contents contents) {
  if (!has_bytes(stream))
    return false;
  if (stream.kind == StreamHandle::Kind::inline_bytes)
    return read_header(stream, contents);
  if (operator_.unread.size() >= kMaxUnread && files_->is_surely_missing(stream)) {
    ++more_unread_;
    return false;
  }
  const std::string_view path(reinterpret_cast<const char*>(stream.path.data()), stream.path.size());
  const auto [place, inserted] = read_files_.try_emplace({path, stream.start, contents}, false);
  if (inserted) {
    keep(sizeof(*read_files_.begin()) + kNode);
    place->second = read_header(stream, contents);
  }
  return place->second;
}

bool OperatorAssembly::read_header(const StreamHandle& stream, Contents contents) {
  try {
    for (std::uint64_t length = kFirstRead;; length = std::min(length * kReadGrowth, kMaxHeader)) {
      StreamBytes bytes = files_->read(stream, *place_, 0, length);
      memory_->allow_for(bytes.new_file_bytes);
      if (const std::optional<bool> whole = known_header(bytes.bytes, contents))
        return *whole;
      const ByteReader reader(bytes.bytes, bytes.place, bytes.offset);
      StreamHeader header =
          contents == Contents::operator_state ? read_operator_state_header(reader) : read_keyed_state_header(reader);
      const bool cut = may_need_more(header);
      if (cut && !bytes.complete && length < kMaxHeader)
        continue;
      const bool whole = !header.problem;
      if (!cut && known_headers_.size() < kMaxKnownHeaders) {
        bytes.storage.resize(std::min(bytes.storage.size(), static_cast<std::size_t>(header.length)));
        bytes.storage.shrink_to_fit();
        const auto known = bytes.storage.empty() ? bytes.bytes.first(static_cast<std::size_t>(header.length))
                                                 : std::span<const std::byte>(bytes.storage);
        known_headers_.push_back({contents, whole, known, std::move(bytes.storage)});
      }
      merge(std::move(header));
      return whole;
    }
  } catch (const InputError& error) {
    add_unread(error.what());
    return false;
  }
}

void OperatorAssembly::merge(StreamHeader header) {
  if (!operator_.key_serializer && header.key_serializer) {
    keep(memory_beside(*header.key_serializer));
    operator_.key_serializer = std::move(header.key_serializer);
  }
  for (StateMetaInfo& info : header.states)
    merge(std::move(info));
  for (const std::string& reason : header.unread)
    add_unread(reason);
  if (header.problem)
    add_unread(header.problem->what());
}

void OperatorAssembly::merge(StateMetaInfo info) {
  State found = state_of(std::move(info));
  State& known = state(found.kind, found.name);
  if (is_named_only(known)) {
    keep(memory_beside(found));
    known = std::move(found);
  } else if (!is_named_only(found) && !same_snapshots(known, found)) {
    known.differs_between_subtasks = true;
  }
}

State& OperatorAssembly::state(StateKind kind, const std::string& name) {
  const auto [place, inserted] = states_.try_emplace({kind, name});
  if (inserted) {
    // Once in the map and once, at the end, in a vector.
    keep(2 * sizeof(State) + kNode + 2 * (sizeof(std::string) + name.capacity()));
    place->second.kind = kind;
    place->second.name = name;
  }
  return place->second;
}

void OperatorAssembly::add_unread(const std::string& reason) {
  if (std::find(operator_.unread.begin(), operator_.unread.end(), reason) != operator_.unread.end())
    return;
  if (operator_.unread.size() < kMaxUnread) {
    keep(kGrowingElement<std::string> + reason.size());
    operator_.unread.push_back(reason);
  } else {
    ++more_unread_;
  }
}

void OperatorAssembly::keep(std::uint64_t bytes) {
  if (!memory_->take(bytes))
    throw InputError(InputErrorKind::over_limit, *place_,
                     fmt::format("expected operators and states that take at most {} bytes of memory, found more",
                                 memory_->limit()));
}

OperatorState OperatorAssembly::finish() && {
  operator_.states.reserve(states_.size());
  for (auto& [kind_and_name, found] : states_)
    operator_.states.push_back(std::move(found));
  if (more_unread_ != 0)
    operator_.unread.push_back(fmt::format("and {} more parts for reasons of the same sort", more_unread_));
  return std::move(operator_);
}

}  // namespace preflight
