#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <utility>

namespace preflight {

/// Keeps text for views of it. A view lives as long as the store, and stays valid when the store is moved.
class TextStore {
 public:
  std::string_view keep(std::string_view text) {
    constexpr std::size_t kChunk = 32'768;
    if (chunks_.empty() || chunks_.back().capacity() - chunks_.back().size() < text.size())
      chunks_.emplace_back().reserve(std::max(kChunk, text.size()));
    std::string& chunk = chunks_.back();
    const std::size_t start = chunk.size();
    chunk += text;
    return std::string_view(chunk).substr(start);
  }
  /// Keeps what `other` kept; views of that stay valid.
  void take_over(TextStore&& other) {
    for (std::string& chunk : other.chunks_)
      chunks_.push_front(std::move(chunk));
    other.chunks_.clear();
  }

 private:
  std::deque<std::string> chunks_;  ///< None grows beyond the capacity that it was made with.
};

}  // namespace preflight
