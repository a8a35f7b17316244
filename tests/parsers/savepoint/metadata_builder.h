#pragma once

#include <string>
#include <utility>
#include <vector>

#include "java_bytes.h"
#include "savepoint/operator_id.h"

namespace preflight::test {

// Stream handles, as they stand in `_metadata`.
inline JavaBytes no_stream() {
  return JavaBytes().u1(0);
}
inline JavaBytes inline_stream(const JavaBytes& content) {
  return JavaBytes().u1(1).utf("/some/path/on/another/machine").framed(content);
}
inline JavaBytes file_stream(const std::string& path, std::int64_t size) {
  return JavaBytes().u1(2).i8(size).utf(path);
}
inline JavaBytes relative_stream(const std::string& path, std::int64_t size) {
  return JavaBytes().u1(6).utf(path).i8(size);
}
inline JavaBytes segment_stream(const std::string& path, std::int64_t start, std::int64_t size,
                                std::int32_t scope = 0) {
  return JavaBytes().u1(15).i8(start).i8(size).i4(scope).utf(path).utf("logical");
}

/// Start, number and offsets of key groups.
inline JavaBytes key_groups(const std::vector<std::int64_t>& offsets) {
  JavaBytes bytes;
  bytes.i4(0).i4(static_cast<std::int32_t>(offsets.size()));
  for (const std::int64_t offset : offsets)
    bytes.i8(offset);
  return bytes;
}
/// A keyed state handle of key groups: tag 3, 7 (canonical) or 12.
inline JavaBytes key_groups_handle(unsigned tag, const std::vector<std::int64_t>& offsets, const JavaBytes& stream) {
  JavaBytes bytes = JavaBytes().u1(tag).add(key_groups(offsets)).add(stream);
  return tag == 12 ? bytes.utf("handle-id") : bytes;
}
/// An operator state handle: names and modes, without offsets.
inline JavaBytes operator_handle(const std::vector<std::pair<std::string, int>>& states, const JavaBytes& stream) {
  JavaBytes bytes;
  bytes.u1(4).i4(static_cast<std::int32_t>(states.size()));
  for (const auto& [name, mode] : states)
    bytes.utf(name).u1(static_cast<unsigned>(mode)).i4(0);
  return bytes.add(stream);
}

// Serializer snapshots.
inline JavaBytes long_snapshot() {
  return JavaBytes().utf("org.apache.flink.api.common.typeutils.base.LongSerializer$LongSerializerSnapshot").i4(3);
}
inline JavaBytes string_snapshot() {
  return JavaBytes().utf("org.apache.flink.api.common.typeutils.base.StringSerializer$StringSerializerSnapshot").i4(3);
}
inline JavaBytes unknown_snapshot() {
  return JavaBytes().utf("com.example.MySerializerSnapshot").i4(1).text("whatever");
}

/// A state in a header: backend state type by ordinal, options, serializers by key.
inline JavaBytes state_info(const std::string& name, std::int32_t type,
                            const std::vector<std::pair<std::string, std::string>>& options,
                            const std::vector<std::pair<std::string, JavaBytes>>& serializers) {
  JavaBytes bytes;
  bytes.utf(name).i4(type).i4(static_cast<std::int32_t>(options.size()));
  for (const auto& [key, value] : options)
    bytes.utf(key).utf(value);
  bytes.i4(static_cast<std::int32_t>(serializers.size()));
  for (const auto& [key, snapshot] : serializers)
    bytes.utf(key).i4(2).add(snapshot);
  return bytes;
}
inline JavaBytes value_state_info(const std::string& name, const JavaBytes& value) {
  return state_info(name, 0, {{"KEYED_STATE_TYPE", "VALUE"}}, {{"VALUE_SERIALIZER", value}});
}
inline JavaBytes list_state_info(const std::string& name, const JavaBytes& element) {
  return state_info(name, 1, {{"OPERATOR_STATE_DISTRIBUTION_MODE", "SPLIT_DISTRIBUTE"}},
                    {{"VALUE_SERIALIZER", element}});
}
inline JavaBytes keyed_header(const JavaBytes& key, const std::vector<JavaBytes>& states) {
  JavaBytes bytes;
  bytes.i4(6).u1(0).i4(2).add(key).i2(static_cast<std::int16_t>(states.size()));
  for (const JavaBytes& state : states)
    bytes.add(state);
  return bytes;
}
inline JavaBytes operator_header(const std::vector<JavaBytes>& states, const std::vector<JavaBytes>& broadcast = {}) {
  JavaBytes bytes;
  bytes.i4(6).u1(0).i2(static_cast<std::int16_t>(states.size()));
  for (const JavaBytes& state : states)
    bytes.add(state);
  bytes.i2(static_cast<std::int16_t>(broadcast.size()));
  for (const JavaBytes& state : broadcast)
    bytes.add(state);
  return bytes;
}

/// What a subtask wrote. Empty bytes stand for no handle.
struct Subtask {
  std::int32_t index = 0;
  JavaBytes managed_operator{};
  JavaBytes raw_operator{};
  JavaBytes managed_keyed{};
  JavaBytes raw_keyed{};
  std::vector<JavaBytes> input_channels{};
  std::vector<JavaBytes> result_subpartitions{};
};

struct Operator {
  std::string name{};
  std::string uid{};
  OperatorId id = operator_id_of_uid("operator");
  std::int32_t parallelism = 1;
  std::int32_t max_parallelism = 128;
  JavaBytes coordinator = no_stream();
  bool fully_finished = false;
  std::vector<Subtask> subtasks{};
};

/// A `_metadata` of any version, for what Flink would never write and for what is too rare to have samples of.
class MetadataBuilder {
 public:
  explicit MetadataBuilder(std::int32_t version) : version_(version) {}

  MetadataBuilder& master_state(const JavaBytes& body) {
    master_states_.push_back(JavaBytes().hex4(0xC96B1696).framed(body));
    return *this;
  }
  MetadataBuilder& add(const Operator& state) {
    operators_.push_back(bytes_of(state));
    return *this;
  }

  JavaBytes build() const {
    JavaBytes bytes;
    bytes.hex4(0x4960672D).i4(version_).i8(17);
    for (const auto* list : {&master_states_, &operators_}) {
      bytes.i4(static_cast<std::int32_t>(list->size()));
      for (const JavaBytes& entry : *list)
        bytes.add(entry);
    }
    if (version_ >= 4)
      bytes.hex4(0xACED0005).u1(0x70);  // No CheckpointProperties.
    return bytes;
  }

 private:
  JavaBytes bytes_of(const Operator& state) const {
    JavaBytes bytes;
    if (version_ >= 5)
      bytes.utf(state.name).utf(state.uid);
    for (const std::uint8_t byte : state.id.bytes)
      bytes.u1(byte);
    bytes.i4(state.parallelism).i4(state.max_parallelism);
    if (version_ == 2)
      bytes.i4(1);
    else
      bytes.add(state.coordinator);
    if (state.fully_finished)
      return bytes.i4(-1);
    bytes.i4(static_cast<std::int32_t>(state.subtasks.size()));
    for (const Subtask& subtask : state.subtasks)
      bytes.add(bytes_of(subtask));
    return bytes;
  }

  JavaBytes bytes_of(const Subtask& subtask) const {
    JavaBytes bytes;
    bytes.i4(subtask.index);
    if (version_ > 2 && subtask.index < 0)
      return bytes;
    if (version_ == 2)
      bytes.i8(-1).i4(0);
    for (const JavaBytes* handle : {&subtask.managed_operator, &subtask.raw_operator})
      bytes.i4(handle->empty() ? 0 : 1).add(*handle);
    for (const JavaBytes* handle : {&subtask.managed_keyed, &subtask.raw_keyed})
      bytes.add(handle->empty() ? JavaBytes().u1(0) : *handle);
    if (version_ > 2) {
      for (const auto* list : {&subtask.input_channels, &subtask.result_subpartitions}) {
        bytes.i4(static_cast<std::int32_t>(list->size()));
        for (const JavaBytes& handle : *list)
          bytes.add(handle);
      }
    }
    return version_ >= 7 ? bytes.u1(1).i8(16) : bytes;
  }

  std::int32_t version_;
  std::vector<JavaBytes> master_states_;
  std::vector<JavaBytes> operators_;
};

}  // namespace preflight::test
