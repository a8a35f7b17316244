#include "restore/payload_formats.h"

#include <cstddef>
#include <cstdint>

#include "input/byte_reader.h"
#include "input/input_error.h"

namespace preflight {
namespace {

/// True where the field is there, and, of a constant, has its value.
bool read_field(ByteReader& reader, const std::string& field) {
  if (field == "utf")
    reader.utf("text");
  else if (field == "i1")
    reader.i1("byte");
  else if (field == "i4")
    reader.i4("number");
  else if (field == "i8")
    reader.i8("number");
  else if (field == "i8 -1")
    return reader.i8("number") == -1;
  else
    reader.skip(reader.remaining(), "rest");
  return true;
}

bool fits(std::string_view element, const PayloadFormat& format) {
  const InputPlace place{"an element of a state"};
  ByteReader reader(std::as_bytes(std::span(element)), place);
  try {
    const std::int32_t version = reader.i4("version");
    const std::int32_t length = reader.i4("length");
    if ((format.version && version != *format.version) || length < 0 ||
        static_cast<std::uint64_t>(length) != reader.remaining())
      return false;
    for (const std::string& field : format.fields)
      if (!read_field(reader, field))
        return false;
    return reader.at_end();
  } catch (const InputError&) {
    return false;
  }
}

}  // namespace

std::string recognise_payload(std::string_view element, std::span<const PayloadFormat> formats) {
  std::string found;
  for (const PayloadFormat& format : formats) {
    if (!fits(element, format))
      continue;
    if (!found.empty())
      return "";
    found = format.payload;
  }
  return found;
}

}  // namespace preflight
