#include "synthetic_savepoint.h"

#include <fmt/format.h>

#include <algorithm>

#include "parsers/savepoint/metadata_builder.h"

namespace preflight::test {
namespace {

constexpr std::int32_t kVersion = 6;
constexpr std::int32_t kSubtasksPerOperator = 10'000;
constexpr std::int32_t kStatesPerOperator = 100;
constexpr std::int32_t kMaxParallelism = 32'768;
constexpr std::size_t kValueBytes = 96;  ///< Of a subtask's state, behind the header.
constexpr unsigned kRelativeCanonical = 7;

enum class Contents { operator_state, keyed_state, none };

Contents contents_of(SyntheticState state, std::int32_t index) {
  constexpr std::int32_t kOutOf = 10;
  constexpr std::int32_t kSources = 3;
  constexpr std::int32_t kKeyed = 7;
  if (state == SyntheticState::null || index % kOutOf >= kKeyed)
    return Contents::none;
  return index % kOutOf < kSources ? Contents::operator_state : Contents::keyed_state;
}

/// The stream of a subtask: its header and values, or the name of a file that would have them.
JavaBytes stream_of(SyntheticState state, const JavaBytes& header, std::int32_t index, std::int32_t subtask) {
  if (state == SyntheticState::inlined)
    return inline_stream(JavaBytes(header).text(std::string(kValueBytes, 'v')));
  constexpr std::int64_t kFileBytes = 1'000'000;
  return relative_stream(fmt::format("{:08x}-{:04x}-4000-8000-{:012x}", index, subtask % 0xFFFF, subtask), kFileBytes);
}

JavaBytes operator_state_of(SyntheticState state, std::int32_t index, std::int32_t subtask) {
  static const JavaBytes header = operator_header({list_state_info("SourceReaderState", string_snapshot())});
  const JavaBytes stream = stream_of(state, header, index, subtask);
  const auto first_value = static_cast<std::int64_t>(header.size());
  return JavaBytes().u1(4).i4(1).utf("SourceReaderState").u1(0).i4(1).i8(first_value).add(stream);
}

JavaBytes keyed_state_of(SyntheticState state, std::int32_t index, std::int32_t subtask, std::int32_t parallelism) {
  static const JavaBytes header = keyed_header(string_snapshot(), {value_state_info("balance", long_snapshot())});
  const auto first_key_group = [&](std::int64_t of) {
    return static_cast<std::int32_t>((of * kMaxParallelism + parallelism - 1) / parallelism);
  };
  const std::int32_t first = first_key_group(subtask);
  const std::int32_t groups = first_key_group(subtask + std::int64_t{1}) - first;
  JavaBytes bytes = JavaBytes().u1(kRelativeCanonical).i4(first).i4(groups);
  for (std::int32_t i = 0; i < groups; ++i)
    bytes.i8(static_cast<std::int64_t>(header.size()) + i);
  return bytes.add(stream_of(state, header, index, subtask));
}

Operator operator_of(SyntheticState state, std::int32_t index, std::int32_t parallelism) {
  Operator made;
  made.name = fmt::format("Operator {}", index);
  made.uid = fmt::format("operator-{}", index);
  made.id = operator_id_of_uid(made.uid);
  made.parallelism = parallelism;
  made.max_parallelism = kMaxParallelism;
  for (std::int32_t i = 0; i < parallelism; ++i) {
    Subtask subtask;
    subtask.index = i;
    if (contents_of(state, index) == Contents::operator_state)
      subtask.managed_operator = operator_state_of(state, index, i);
    if (contents_of(state, index) == Contents::keyed_state)
      subtask.managed_keyed = keyed_state_of(state, index, i, parallelism);
    made.subtasks.push_back(std::move(subtask));
  }
  return made;
}

/// One subtask with many lists, each of one value.
Operator operator_with_states(std::int32_t index, std::int32_t states) {
  std::vector<JavaBytes> infos;
  for (std::int32_t i = 0; i < states; ++i)
    infos.push_back(list_state_info(fmt::format("state-{}", i), string_snapshot()));
  const JavaBytes header = operator_header(infos);
  JavaBytes handle = JavaBytes().u1(4).i4(states);
  for (std::int32_t i = 0; i < states; ++i)
    handle.utf(fmt::format("state-{}", i)).u1(0).i4(1).i8(static_cast<std::int64_t>(header.size()) + i);
  Operator made = operator_of(SyntheticState::null, index, 1);
  made.subtasks.front().managed_operator =
      handle.add(inline_stream(JavaBytes(header).text(std::string(static_cast<std::size_t>(states), 'v'))));
  return made;
}

}  // namespace

JavaBytes synthetic_metadata(SyntheticState state, std::int32_t count) {
  MetadataBuilder builder(kVersion);
  if (state == SyntheticState::states) {
    for (std::int32_t index = 0; count > 0; ++index, count -= kStatesPerOperator)
      builder.add(operator_with_states(index, std::min(count, kStatesPerOperator)));
    return builder.build();
  }
  for (std::int32_t index = 0; count > 0; ++index, count -= kSubtasksPerOperator)
    builder.add(operator_of(state, index, std::min(count, kSubtasksPerOperator)));
  return builder.build();
}

}  // namespace preflight::test
