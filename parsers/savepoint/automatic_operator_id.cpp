#include "savepoint/automatic_operator_id.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "savepoint/murmur3.h"

namespace preflight {
namespace {

using Hash = std::array<std::uint8_t, 16>;

constexpr std::size_t kMaxPositions = 4096;
constexpr std::size_t kPositionMargin = 8;  ///< Nodes of the graph that the savepoint might not list.
constexpr std::size_t kMaxChainableOutputs = 16;
constexpr std::size_t kMaxInputs = 3;
constexpr std::uint64_t kMaxTrials = 5'000'000;

/// The part of an automatic ID that comes from the node itself: murmur3 of its position, written 1 + chainable outputs
/// times (StreamGraphHasherV2#generateNodeLocalHash).
Hash own_hash(std::size_t position, std::size_t chainable_outputs) {
  constexpr std::size_t kIntBytes = 4;
  std::array<std::byte, kIntBytes*(1 + kMaxChainableOutputs)> bytes{};
  const std::size_t length = kIntBytes * (1 + chainable_outputs);
  for (std::size_t i = 0; i < length; ++i)
    bytes.at(i) = static_cast<std::byte>((position >> (8 * (i % kIntBytes))) & 0xFFU);
  return murmur3_x64_128(std::span(bytes).first(length));
}

/// All the own hashes that a graph of a given size can have, in an open-addressing table: the hash is its own hash
/// code.
class OwnHashes {
 public:
  explicit OwnHashes(std::size_t operators) {
    const std::size_t positions = std::min(operators + kPositionMargin, kMaxPositions);
    const std::size_t outputs = std::min(operators, kMaxChainableOutputs);
    slots_.resize(std::bit_ceil(2 * positions * (outputs + 1)));
    for (std::size_t position = 0; position < positions; ++position)
      for (std::size_t c = 0; c <= outputs; ++c)
        insert({own_hash(position, c), static_cast<int>(position), static_cast<int>(c), true});
  }

  /// Fills position and chainable outputs where `hash` is one of a node.
  bool find(const Hash& hash, AutomaticOperatorId& found) const {
    for (std::size_t i = first_slot(hash); slots_[i].used; i = next(i)) {
      if (slots_[i].hash == hash) {
        found.position = slots_[i].position;
        found.chainable_outputs = slots_[i].chainable_outputs;
        return true;
      }
    }
    return false;
  }

 private:
  struct Slot {
    Hash hash{};
    int position = 0;
    int chainable_outputs = 0;
    bool used = false;
  };

  void insert(const Slot& slot) {
    std::size_t i = first_slot(slot.hash);
    while (slots_[i].used)
      i = next(i);
    slots_[i] = slot;
  }

  std::size_t first_slot(const Hash& hash) const {
    std::uint64_t bits = 0;
    std::memcpy(&bits, hash.data(), sizeof bits);
    return bits & (slots_.size() - 1);
  }

  std::size_t next(std::size_t i) const { return (i + 1) & (slots_.size() - 1); }

  std::vector<Slot> slots_;
};

/// Undoes the mixing in of one input, `hash[j] = hash[j] * 37 xor input[j]`: 173 is the inverse of 37 modulo 256.
Hash without_input(const Hash& hash, const Hash& input) {
  constexpr unsigned kInverseOf37 = 173;
  static_assert(kInverseOf37 * 37U % 256U == 1U);
  Hash before{};
  for (std::size_t j = 0; j < hash.size(); ++j)
    before[j] = static_cast<std::uint8_t>((hash[j] ^ input[j]) * kInverseOf37);
  return before;
}

/// Tries every tuple of `inputs` operators as the last inputs that were mixed into `hash`.
bool explain(const Hash& hash, std::size_t inputs, std::span<const OperatorId> operators, const OwnHashes& own_hashes,
             AutomaticOperatorId& found) {
  if (inputs == 0)
    return own_hashes.find(hash, found);
  for (const OperatorId& input : operators) {
    if (explain(without_input(hash, input.bytes), inputs - 1, operators, own_hashes, found)) {
      found.inputs.push_back(input);
      return true;
    }
  }
  return false;
}

}  // namespace

std::map<OperatorId, AutomaticOperatorId> recognise_automatic_ids(std::span<const OperatorId> operators) {
  std::map<OperatorId, AutomaticOperatorId> recognised;
  const OwnHashes own_hashes(operators.size());
  std::vector<OperatorId> unexplained(operators.begin(), operators.end());
  std::uint64_t tuples = 1;
  std::uint64_t trials = 0;
  for (std::size_t inputs = 0; inputs <= kMaxInputs; ++inputs) {
    // No overflow: the product one input shorter passed the check.
    trials += tuples * unexplained.size();
    if (trials > kMaxTrials)
      break;
    std::erase_if(unexplained, [&](const OperatorId& id) {
      AutomaticOperatorId found;
      if (!explain(id.bytes, inputs, operators, own_hashes, found))
        return false;
      recognised.emplace(id, std::move(found));
      return true;
    });
    tuples *= operators.size();
  }
  return recognised;
}

}  // namespace preflight
