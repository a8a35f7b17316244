#include "api/api_compression.h"

#include <fmt/format.h>
#include <zstd.h>

#include <memory>
#include <new>
#include <stdexcept>

#include "api/varint.h"

namespace preflight {
namespace {

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

/// The frame, or nothing where it is not smaller than `raw`.
std::vector<std::byte> zstd_frame(std::span<const std::byte> raw) {
  const std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
  if (!context)
    throw std::bad_alloc();
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, ZSTD_maxCLevel());
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_contentSizeFlag, 0);
  std::vector<std::byte> frame(ZSTD_compressBound(raw.size()));
  const std::size_t size = ZSTD_compress2(context.get(), frame.data(), frame.size(), raw.data(), raw.size());
  if (ZSTD_isError(size) != 0)
    throw std::runtime_error(fmt::format("zstd cannot compress {} bytes: {}", raw.size(), ZSTD_getErrorName(size)));
  frame.resize(size < raw.size() ? size : 0);
  return frame;
}

}  // namespace

std::vector<std::byte> packed(std::span<const std::byte> raw) {
  const std::vector<std::byte> frame = zstd_frame(raw);
  std::vector<std::byte> bytes;
  put_varint(bytes, raw.size());
  put_varint(bytes, frame.size());
  const std::span<const std::byte> stored = frame.empty() ? raw : std::span<const std::byte>(frame);
  bytes.insert(bytes.end(), stored.begin(), stored.end());
  return bytes;
}

std::vector<std::byte> unpacked(ByteReader& reader, std::uint64_t limit, std::string_view what) {
  const std::uint64_t start = reader.offset();
  const std::uint64_t raw_size = read_varint(reader, what);
  const std::uint64_t stored_size = read_varint(reader, what);
  if (raw_size > limit)
    reader.fail_at(start, InputErrorKind::over_limit,
                   fmt::format("expected {} of at most {} bytes, found {}", what, limit, raw_size));
  const auto stored = reader.bytes(stored_size == 0 ? raw_size : stored_size, what);
  if (stored_size == 0)
    return {stored.begin(), stored.end()};
  std::vector<std::byte> raw(raw_size);
  const std::size_t size = ZSTD_decompress(raw.data(), raw.size(), stored.data(), stored.size());
  if (ZSTD_isError(size) != 0)
    reader.fail_at(start, InputErrorKind::corrupt,
                   fmt::format("expected {} as a Zstandard frame: {}", what, ZSTD_getErrorName(size)));
  if (size != raw_size)
    reader.fail_at(start, InputErrorKind::corrupt,
                   fmt::format("expected {} of {} bytes, its frame holds {}", what, raw_size, size));
  return raw;
}

}  // namespace preflight
