#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::test {

/// Bytes as java.io.DataOutput writes them, one value after another.
class JavaBytes {
 public:
  JavaBytes& u1(unsigned value) {
    bytes_.push_back(static_cast<std::byte>(value));
    return *this;
  }
  JavaBytes& i2(std::int16_t value) { return big_endian(static_cast<std::uint16_t>(value), 2); }
  JavaBytes& i4(std::int32_t value) { return big_endian(static_cast<std::uint32_t>(value), 4); }
  JavaBytes& i8(std::int64_t value) { return big_endian(static_cast<std::uint64_t>(value), 8); }
  JavaBytes& hex4(std::uint32_t value) { return big_endian(value, 4); }
  JavaBytes& text(std::string_view characters) {
    for (const char c : characters)
      u1(static_cast<unsigned char>(c));
    return *this;
  }
  JavaBytes& utf(std::string_view characters) {
    return i2(static_cast<std::int16_t>(characters.size())).text(characters);
  }
  JavaBytes& add(const JavaBytes& other) {
    bytes_.insert(bytes_.end(), other.bytes_.begin(), other.bytes_.end());
    return *this;
  }
  /// A length, then the bytes.
  JavaBytes& framed(const JavaBytes& other) { return i4(static_cast<std::int32_t>(other.size())).add(other); }

  std::size_t size() const { return bytes_.size(); }
  bool empty() const { return bytes_.empty(); }
  const std::vector<std::byte>& get() const { return bytes_; }
  std::string string() const { return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()}; }

 private:
  JavaBytes& big_endian(std::uint64_t value, unsigned bytes) {
    for (unsigned i = bytes; i > 0; --i)
      u1(static_cast<unsigned>(value >> (8 * (i - 1))) & 0xFFU);
    return *this;
  }

  std::vector<std::byte> bytes_;
};

}  // namespace preflight::test
