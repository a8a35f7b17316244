#include "hostile_savepoints.h"

#include <fmt/format.h>

#include <limits>

#include "metadata_builder.h"

namespace preflight::test {
namespace {

/// About what each file weighs: enough for a few bytes of file to show as many bytes of memory.
constexpr std::size_t kBytes = std::size_t{6} << 20U;
constexpr std::int32_t kMany = std::numeric_limits<std::int32_t>::max();

/// `count`, then as many copies of `record`.
JavaBytes counted(std::size_t count, const JavaBytes& record) {
  JavaBytes bytes = JavaBytes().i4(static_cast<std::int32_t>(count));
  for (std::size_t i = 0; i < count; ++i)
    bytes.add(record);
  return bytes;
}
/// As many as make a file.
JavaBytes filled(const JavaBytes& record) {
  return counted(kBytes / record.size(), record);
}

/// A name of four characters, a different one for each number.
std::string name_of(std::size_t number) {
  return fmt::format("{:04x}", number & 0xFFFFU);
}

// --- files around hostile parts

JavaBytes metadata_of(const Operator& state) {
  return MetadataBuilder(4).add(state).build();
}

/// An operator with these subtasks.
JavaBytes metadata_of(std::vector<Subtask> subtasks) {
  Operator state;
  state.parallelism = kMany;
  state.max_parallelism = kMany;
  state.subtasks = std::move(subtasks);
  return metadata_of(state);
}

JavaBytes metadata_of_keyed_stream(const JavaBytes& stream) {
  return metadata_of({{.index = 0, .managed_keyed = key_groups_handle(3, {0}, inline_stream(stream))}});
}

JavaBytes snapshot(const std::string& name, std::int32_t version, const JavaBytes& body) {
  return JavaBytes().utf("org.apache.flink." + name).i4(version).add(body);
}
JavaBytes metadata_of_key(const JavaBytes& key) {
  return metadata_of_keyed_stream(keyed_header(key, {}));
}

JavaBytes metadata_of_operators(const JavaBytes& entry, std::size_t count) {
  return JavaBytes().hex4(0x4960672D).i4(3).i8(1).i4(0).add(counted(count, entry));
}
JavaBytes operator_entry(const JavaBytes& coordinator) {
  return JavaBytes().i8(1).i8(1).i4(1).i4(1).add(coordinator).i4(0);
}

// --- hostile parts

/// A header of as many of the smallest states as it can have, named from `first` on.
JavaBytes header_of_small_states(std::size_t first, std::size_t count) {
  JavaBytes bytes = JavaBytes().i4(6).u1(0).i4(2).add(long_snapshot()).i2(static_cast<std::int16_t>(count));
  for (std::size_t i = 0; i < count; ++i)
    bytes.utf(name_of(first + i)).i4(0).i4(0).i4(0);
  return bytes;
}

JavaBytes subtasks_with_headers(std::size_t states_in_each) {
  constexpr std::size_t kSmallState = 18;
  constexpr std::size_t kSubtask = 200;
  const std::size_t count = kBytes / (kSubtask + states_in_each * kSmallState);
  std::vector<Subtask> subtasks(count);
  for (std::size_t i = 0; i < count; ++i) {
    subtasks[i].index = static_cast<std::int32_t>(i);
    subtasks[i].managed_keyed =
        key_groups_handle(3, {0}, inline_stream(header_of_small_states(i * states_in_each, states_in_each)));
  }
  return metadata_of(std::move(subtasks));
}

JavaBytes operators_with_states() {
  constexpr std::size_t kStates = 5;
  MetadataBuilder builder(3);
  for (std::size_t size = 0; size < kBytes;) {
    Operator state;
    const JavaBytes stream = header_of_small_states(0, kStates);
    state.subtasks = {{.index = 0, .managed_keyed = key_groups_handle(3, {0}, inline_stream(stream))}};
    builder.add(state);
    size += stream.size() + 60;
  }
  return builder.build();
}

JavaBytes raw_operator_names() {
  std::vector<std::pair<std::string, int>> names;
  for (std::size_t i = 0; i < 0x10000; ++i)
    for (const char* suffix : {"a", "b", "c", "d", "e", "f", "g", "h"})
      names.emplace_back(name_of(i) + suffix, 0);
  return metadata_of({{.index = 0, .raw_operator = operator_handle(names, no_stream())}});
}

/// Subtasks whose streams cannot be read, each for a reason of its own.
JavaBytes reasons() {
  MetadataBuilder builder(3);
  const std::string name(50, '\x01');
  for (std::size_t size = 0; size < kBytes;) {
    Operator state;
    state.parallelism = 16;
    for (std::int32_t i = 0; i < state.parallelism; ++i) {
      const JavaBytes stream = JavaBytes().i4(6).u1(0).i4(2).utf(name).i4(i);
      state.subtasks.push_back({.index = i, .managed_keyed = key_groups_handle(3, {}, inline_stream(stream))});
      size += stream.size() + 50;
    }
    builder.add(state);
  }
  return builder.build();
}

JavaBytes changelog_of_parts() {
  const JavaBytes part = JavaBytes().u1(3).i4(0).i4(0).u1(0);
  return metadata_of(
      {{.index = 0, .managed_keyed = JavaBytes().u1(8).i4(0).i4(1).i8(0).add(filled(part)).i4(0).i8(0).utf("")}});
}

JavaBytes files_without_end() {
  std::vector<Subtask> subtasks;
  for (std::int32_t i = 0; i < 60'000; ++i)
    subtasks.push_back(
        {.index = i, .managed_keyed = key_groups_handle(3, {}, file_stream(fmt::format("/f/{}", i), 1))});
  return metadata_of(std::move(subtasks));
}

JavaBytes pojo(const JavaBytes& fields) {
  const JavaBytes none = JavaBytes().i8(0x000004F2C69A3D70).i4(0);
  return snapshot("api.java.typeutils.runtime.PojoSerializerSnapshot", 2,
                  JavaBytes().utf("P").i8(0x000004F2C69A3D70).add(fields).add(none).add(none));
}

JavaBytes nested_in_list(const JavaBytes& nested) {
  return snapshot("api.common.typeutils.base.ListSerializerSnapshot", 1, JavaBytes().i4(1333245).i4(1).add(nested));
}

JavaBytes deep(int levels) {
  JavaBytes bytes = long_snapshot();
  for (int i = 0; i < levels; ++i)
    bytes = nested_in_list(counted(1, bytes));
  return bytes;
}

/// Many copies of lists in lists, as deep as is read.
JavaBytes deep_lists() {
  return metadata_of_key(nested_in_list(filled(deep(90))));
}

JavaBytes enum_of(const JavaBytes& constants) {
  return snapshot("api.common.typeutils.base.EnumSerializer$EnumSerializerSnapshot", 3,
                  JavaBytes().utf("E").add(constants));
}

JavaBytes kryo_of(const JavaBytes& registrations) {
  const JavaBytes none = JavaBytes().i8(0x000004F2C69A3D70).i4(0);
  return snapshot("api.java.typeutils.runtime.kryo.KryoSerializerSnapshot", 2,
                  JavaBytes().utf("K").i8(0x000004F2C69A3D70).add(registrations).add(none).add(none));
}

// --- Java object streams

JavaBytes java_class(const std::string& name, const JavaBytes& fields) {
  return JavaBytes().u1(0x72).utf(name).i8(0).u1(2).add(fields).u1(0x78).u1(0x70);
}
JavaBytes java_object_array(const JavaBytes& elements) {
  return JavaBytes().hex4(0xACED0005).u1(0x75).add(java_class("[L", JavaBytes().i2(0))).add(elements);
}
JavaBytes old_enum_of(const JavaBytes& java_stream) {
  return JavaBytes()
      .i4(6)
      .u1(0)
      .i4(1)
      .utf("EnumSerializer$EnumSerializerConfigSnapshot")
      .i4(1)
      .utf("E")
      .add(java_stream);
}
JavaBytes row_data_of(const JavaBytes& types) {
  return snapshot("table.runtime.typeutils.RowDataSerializer$RowDataSerializerSnapshot", 3, types);
}

/// A string, and many enum constants with it as their name: a handful of bytes each.
JavaBytes enum_constants_of_one_name() {
  const std::string name(60'000, 'n');
  JavaBytes elements = JavaBytes().i4(20'000).u1(0x74).utf(name);
  elements.u1(0x7E).add(java_class("E", JavaBytes().i2(0))).u1(0x71).hex4(0x7E0002);
  for (int i = 2; i < 20'000; ++i)
    elements.u1(0x7E).u1(0x71).hex4(0x7E0003).u1(0x71).hex4(0x7E0002);
  return metadata_of_keyed_stream(old_enum_of(java_object_array(elements)));
}

/// A row type of a field with a long name, many times: 8 bytes stand for a thousand.
JavaBytes row_of_one_field() {
  constexpr std::int32_t kFields = 200;
  const JavaBytes row_fields = JavaBytes()
                                   .i2(2)
                                   .text("L")
                                   .utf("fields")
                                   .u1(0x74)
                                   .utf("Ljava/lang/Object;")
                                   .text("L")
                                   .utf("typeRoot")
                                   .u1(0x71)
                                   .hex4(0x7E0001);
  JavaBytes row = JavaBytes().hex4(0xACED0005).u1(0x73).add(java_class("R", row_fields));
  row.u1(0x75)
      .add(java_class("[L", JavaBytes().i2(0)))
      .i4(kFields);  // Handles: 0 R, 1 signature, 2 row, 3 [L, 4 array.
  row.u1(0x73).add(java_class("F", JavaBytes().i2(1).text("L").utf("name").u1(0x71).hex4(0x7E0001)));  // 5 F, 6 field.
  row.u1(0x74).utf(std::string(1000, 'n'));
  for (std::int32_t i = 1; i < kFields; ++i)
    row.u1(0x71).hex4(0x7E0006);
  return row.u1(0x74).utf("ROW");
}

/// A type with a long name, in few bytes: rows of rows of one long string.
JavaBytes long_types() {
  const std::string name(60'000, 'n');
  const JavaBytes type = JavaBytes().hex4(0xACED0005).u1(0x74).utf(name);
  return metadata_of_key(row_data_of(filled(type)));
}

JavaBytes java_texts_without_sense() {
  const JavaBytes text = JavaBytes().u1(0x74).utf(std::string(60'000, '\xFF'));
  return metadata_of_keyed_stream(old_enum_of(java_object_array(filled(text))));
}

JavaBytes java_fields() {
  JavaBytes fields = JavaBytes().i2(20'000);
  for (int i = 0; i < 20'000; ++i)
    fields.text("I").utf("");
  const JavaBytes described = JavaBytes().u1(0x76).add(java_class("C", fields));
  return metadata_of_keyed_stream(old_enum_of(java_object_array(filled(described))));
}

JavaBytes resilient_list() {
  constexpr std::size_t kEntries = kBytes / 12;
  JavaBytes bytes = JavaBytes().i4(5).u1(0).i4(static_cast<std::int32_t>(kEntries));
  for (std::size_t i = 0; i < kEntries; ++i)
    bytes.i4(static_cast<std::int32_t>(4 * i)).i4(static_cast<std::int32_t>(4 * i + 3));
  bytes.i4(static_cast<std::int32_t>(4 * kEntries));
  for (std::size_t i = 0; i < kEntries; ++i)
    bytes.i4(0);
  return metadata_of_keyed_stream(bytes);
}

JavaBytes options_without_end() {
  JavaBytes state = JavaBytes().utf("s").i4(0).add(filled(JavaBytes().utf("").utf("")));
  return metadata_of_keyed_stream(JavaBytes().i4(6).u1(0).i4(2).add(long_snapshot()).i2(1).add(state).i4(0));
}

JavaBytes master_states(const std::string& name) {
  const JavaBytes state = JavaBytes().i4(1).utf(name).i4(0);
  return JavaBytes().hex4(0x4960672D).i4(3).i8(1).add(filled(JavaBytes().hex4(0xC96B1696).framed(state))).i4(0);
}

const std::string kSenseless(65'535, '\xFF');  ///< Each byte becomes the three of U+FFFD.

constexpr const char* kRead = "read";
constexpr const char* kManyStates = "expected operators and states that take at most";
constexpr const char* kBigHeader = "expected a header that takes at most";
constexpr const char* kBigStream = "expected at most 100000 values in a Java object stream";

}  // namespace

const std::vector<HostileSavepoint>& hostile_savepoints() {
  static const std::vector<HostileSavepoint> all = {
      {"a million minimal operators", kManyStates,
       [] { return metadata_of_operators(operator_entry(no_stream()), 1'000'000); }},
      {"operators with empty coordinator state", kManyStates,
       [] { return metadata_of_operators(operator_entry(inline_stream({})), 200'000); }},
      {"small operators with many states", kManyStates, operators_with_states},
      {"master states", kRead, [] { return master_states("m"); }},
      {"master states with names that make no sense", kRead, [] { return master_states(kSenseless); }},
      {"names of raw operator state", kManyStates, raw_operator_names},
      {"subtasks with different headers of many states", kManyStates, [] { return subtasks_with_headers(30'000); }},
      {"subtasks with different headers of one state", kRead, [] { return subtasks_with_headers(1); }},
      {"reasons why streams cannot be read", "expected a known serializer snapshot class", reasons},
      {"parts of a changelog", "expected at most 16384 parts of a keyed state handle", changelog_of_parts},
      {"files", "found one outside _metadata", files_without_end},
      {"options of a state", kBigHeader, options_without_end},
      {"enum constants without a name", kBigHeader,
       [] { return metadata_of_key(enum_of(filled(JavaBytes().utf("")))); }},
      {"enum constants that make no sense", kRead,
       [] { return metadata_of_key(enum_of(filled(JavaBytes().utf(kSenseless)))); }},
      {"POJO fields without anything", kBigHeader, [] { return metadata_of_key(pojo(filled(JavaBytes().i4(0)))); }},
      {"POJO fields with empty frames", "expected name of a snapshot class",
       [] { return metadata_of_key(pojo(filled(JavaBytes().utf("").u1(0).u1(1).i4(0)))); }},
      {"POJO fields of an unknown class", "expected a known serializer snapshot class, found U",
       [] {
         return metadata_of_key(pojo(filled(JavaBytes().utf("").u1(0).u1(1).framed(JavaBytes().utf("U").i4(1)))));
       }},
      {"Kryo registrations", kBigHeader, [] { return metadata_of_key(kryo_of(filled(JavaBytes().i4(0)))); }},
      {"snapshots in a list", kRead, [] { return metadata_of_key(nested_in_list(filled(long_snapshot()))); }},
      {"snapshots nested as deep as is read", kRead, deep_lists},
      {"Java nulls", kBigStream,
       [] { return metadata_of_keyed_stream(old_enum_of(java_object_array(filled(JavaBytes().u1(0x70))))); }},
      {"Java classes with many fields", kBigStream, java_fields},
      {"Java strings that make no sense", "expected number of states", java_texts_without_sense},
      {"Java enum constants with one long name", kBigHeader, enum_constants_of_one_name},
      {"row types with a long name", "expected the magic of nested snapshots", long_types},
      {"row types of one field", kBigHeader, [] { return metadata_of_key(row_data_of(filled(row_of_one_field()))); }},
      {"entries of a list of serializers", "expected layout version of a serializer snapshot", resilient_list},
  };
  return all;
}

}  // namespace preflight::test
