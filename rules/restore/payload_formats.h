#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace preflight {

/// How a connector writes a split or a writer's state, by which stored bytes are told from those of another
/// (payload_formats.json). Around it is the frame of SimpleVersionedSerialization: version, length.
struct PayloadFormat {
  std::string payload;         ///< The name that JobState::payload has.
  std::optional<int> version;  ///< Of the connector's serializer; nullopt where it may be any.
  /// In their order: utf (writeUTF), i1, i4, i8, "i8 -1" for a constant, rest for whatever follows.
  std::vector<std::string> fields;
  std::vector<std::string> sources;
};

/// The format of an element of State::sample; empty where no row fits, or several do, and where the sample is cut off.
std::string recognise_payload(std::string_view element, std::span<const PayloadFormat> formats);

}  // namespace preflight
