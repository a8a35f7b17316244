#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::test {

/// Appends `width` bytes of `value`, least significant first.
inline void put_little_endian(std::string& bytes, std::uint64_t value, int width) {
  for (int i = 0; i < width; ++i)
    bytes.push_back(static_cast<char>(static_cast<unsigned char>(value >> (8 * i))));
}

inline std::uint32_t crc32_of(std::string_view data) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char c : data) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit)
      crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

/// A deflate stream of stored blocks (RFC 1951, 3.2.4), which needs no compressor.
inline std::string deflate_stored(std::string_view data) {
  std::string stream;
  do {
    const std::string_view block = data.substr(0, 0xFFFF);
    data.remove_prefix(block.size());
    stream.push_back(data.empty() ? '\1' : '\0');
    put_little_endian(stream, block.size(), 2);
    put_little_endian(stream, ~block.size(), 2);
    stream += block;
  } while (!data.empty());
  return stream;
}

/// An entry as the zip shall have it, honest unless a field says otherwise.
struct ZipEntry {
  std::string name;
  std::string content;
  std::uint16_t method = 0;
  std::uint16_t flags = 0;
  bool data_descriptor = false;  ///< Sizes and CRC behind the data, zero in the local header.
  bool zip64 = false;            ///< Sizes in the zip64 extra field of the central directory.
  std::optional<std::uint32_t> crc = {};
  std::optional<std::uint64_t> size = {};
  std::optional<std::uint64_t> compressed = {};
  std::optional<std::uint64_t> local_header = {};  ///< Offset of another local header: overlap.
  std::string local_name = {};                     ///< Where the local header names the entry differently.
  std::string extra = {};                          ///< Extra fields of the central directory, behind that of zip64.
};

/// Writes zips that no zip program would write (PKWARE APPNOTE 4.3).
class ZipBuilder {
 public:
  ZipBuilder& add(ZipEntry entry) {
    entries_.push_back(std::move(entry));
    return *this;
  }
  ZipBuilder& add(const std::string& name, const std::string& content) { return add(ZipEntry{name, content}); }
  ZipBuilder& deflated(const std::string& name, const std::string& content) { return add(ZipEntry{name, content, 8}); }

  std::string prefix;   ///< Bytes before the archive, which no offset counts.
  std::string comment;  ///< At the end of the archive.
  std::string behind;   ///< Bytes behind the archive.
  bool zip64 = false;   ///< Write the zip64 end record and locator.
  std::optional<std::uint64_t> stated_entries = {};

  std::string build() const {
    std::string bytes;
    std::string directory;
    for (const ZipEntry& entry : entries_)
      put_entry(entry, bytes, directory);
    const std::uint64_t offset = bytes.size();
    bytes += directory;
    put_end(bytes, offset, directory.size());
    return prefix + bytes + behind;
  }

 private:
  static void put_entry(const ZipEntry& entry, std::string& bytes, std::string& directory) {
    const std::string data = entry.method == 8 ? deflate_stored(entry.content) : entry.content;
    const std::uint32_t crc = entry.crc.value_or(crc32_of(entry.content));
    const std::uint64_t size = entry.size.value_or(entry.content.size());
    const std::uint64_t compressed = entry.compressed.value_or(data.size());
    const auto flags = static_cast<std::uint16_t>(entry.flags | (entry.data_descriptor ? 8U : 0U));
    const std::string& local_name = entry.local_name.empty() ? entry.name : entry.local_name;
    const std::uint64_t offset = entry.local_header.value_or(bytes.size());

    bytes += "PK\3\4";
    put_little_endian(bytes, 20, 2);  // version needed
    put_little_endian(bytes, flags, 2);
    put_little_endian(bytes, entry.method, 2);
    put_little_endian(bytes, 0, 4);  // time and date
    put_little_endian(bytes, entry.data_descriptor ? 0 : crc, 4);
    put_little_endian(bytes, entry.data_descriptor ? 0 : compressed, 4);
    put_little_endian(bytes, entry.data_descriptor ? 0 : size, 4);
    put_little_endian(bytes, local_name.size(), 2);
    put_little_endian(bytes, 0, 2);  // extra field length
    bytes += local_name;
    bytes += data;
    if (entry.data_descriptor) {
      bytes += "PK\7\10";
      put_little_endian(bytes, crc, 4);
      put_little_endian(bytes, compressed, 4);
      put_little_endian(bytes, size, 4);
    }

    std::string extra;
    if (entry.zip64) {
      put_little_endian(extra, 1, 2);
      put_little_endian(extra, 16, 2);
      put_little_endian(extra, size, 8);
      put_little_endian(extra, compressed, 8);
    }
    extra += entry.extra;
    directory += "PK\1\2";
    put_little_endian(directory, 20, 2);  // version made by
    put_little_endian(directory, 20, 2);  // version needed
    put_little_endian(directory, flags, 2);
    put_little_endian(directory, entry.method, 2);
    put_little_endian(directory, 0, 4);  // time and date
    put_little_endian(directory, crc, 4);
    put_little_endian(directory, entry.zip64 ? 0xFFFFFFFF : compressed, 4);
    put_little_endian(directory, entry.zip64 ? 0xFFFFFFFF : size, 4);
    put_little_endian(directory, entry.name.size(), 2);
    put_little_endian(directory, extra.size(), 2);
    put_little_endian(directory, 0, 2);  // comment length
    put_little_endian(directory, 0, 2);  // disk
    put_little_endian(directory, 0, 6);  // attributes
    put_little_endian(directory, offset, 4);
    directory += entry.name;
    directory += extra;
  }

  void put_end(std::string& bytes, std::uint64_t offset, std::uint64_t size) const {
    const std::uint64_t count = stated_entries.value_or(entries_.size());
    if (zip64) {
      const std::uint64_t end = bytes.size();
      bytes += "PK\6\6";
      put_little_endian(bytes, 44, 8);  // size of the rest
      put_little_endian(bytes, 45, 2);  // version made by
      put_little_endian(bytes, 45, 2);  // version needed
      put_little_endian(bytes, 0, 4);   // this disk
      put_little_endian(bytes, 0, 4);   // disk of the central directory
      put_little_endian(bytes, count, 8);
      put_little_endian(bytes, count, 8);
      put_little_endian(bytes, size, 8);
      put_little_endian(bytes, offset, 8);
      bytes += "PK\6\7";
      put_little_endian(bytes, 0, 4);
      put_little_endian(bytes, end, 8);
      put_little_endian(bytes, 1, 4);
    }
    bytes += "PK\5\6";
    put_little_endian(bytes, 0, 2);  // this disk
    put_little_endian(bytes, 0, 2);  // disk of the central directory
    put_little_endian(bytes, zip64 ? 0xFFFF : count, 2);
    put_little_endian(bytes, zip64 ? 0xFFFF : count, 2);
    put_little_endian(bytes, zip64 ? 0xFFFFFFFF : size, 4);
    put_little_endian(bytes, zip64 ? 0xFFFFFFFF : offset, 4);
    put_little_endian(bytes, comment.size(), 2);
    bytes += comment;
  }

  std::vector<ZipEntry> entries_;
};

inline std::vector<std::byte> bytes_of(std::string_view text) {
  std::vector<std::byte> bytes;
  bytes.reserve(text.size());
  for (const char c : text)
    bytes.push_back(static_cast<std::byte>(c));
  return bytes;
}

}  // namespace preflight::test
