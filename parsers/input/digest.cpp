#include "input/digest.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <cstddef>
#include <memory>

#include "input/file_bytes.h"

namespace preflight {
namespace {

constexpr std::uint64_t kChunk = std::uint64_t{1} << 20U;

class Sha256 {
 public:
  Sha256() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) { EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr); }

  void add(const void* bytes, std::size_t length) { EVP_DigestUpdate(context_.get(), bytes, length); }

  std::string hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    EVP_DigestFinal_ex(context_.get(), digest.data(), &length);
    std::string text;
    for (unsigned i = 0; i < length; ++i)
      text += fmt::format("{:02x}", digest[i]);
    return text;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

}  // namespace

std::string sha256_of_text(std::string_view text) {
  Sha256 digest;
  digest.add(text.data(), text.size());
  return digest.hex();
}

std::array<std::uint8_t, 20> sha1_of_text(std::string_view text) {
  std::array<std::uint8_t, 20> digest{};
  EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha1(), nullptr);
  return digest;
}

std::string sha256_of_file(const std::filesystem::path& path) {
  Sha256 digest;
  for (std::uint64_t offset = 0;; offset += kChunk) {
    const auto chunk = read_file_range(path, offset, kChunk, "a file");
    digest.add(chunk.data(), chunk.size());
    if (chunk.size() < kChunk)
      return digest.hex();
  }
}

}  // namespace preflight
