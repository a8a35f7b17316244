#include "classfile/bytecode.h"

#include <catch2/catch.hpp>

#include "parsers/classfile/class_file_builder.h"

using namespace preflight;
using namespace preflight::test;

namespace {

const InputPlace kPlace{"Job.class"};

std::vector<Instruction> cut(const Bytes& code) {
  return instructions_of(code.get(), kPlace, 100);
}

std::vector<std::uint32_t> offsets(const Bytes& code) {
  std::vector<std::uint32_t> result;
  for (const Instruction& instruction : cut(code))
    result.push_back(instruction.offset);
  return result;
}

/// A tableswitch of `low` to `high` at offset `at`, padded; every jump goes 9 forward.
Bytes tableswitch(std::uint32_t at, std::int32_t low, std::int32_t high, int jumps) {
  Bytes code;
  for (std::uint32_t i = 0; i < at; ++i)
    code.u1(0);
  code.u1(0xAA);
  for (std::uint32_t i = at + 1; i % 4 != 0; ++i)
    code.u1(0);
  code.u4(7).u4(static_cast<std::uint32_t>(low)).u4(static_cast<std::uint32_t>(high));
  for (int i = 0; i < jumps; ++i)
    code.u4(9);
  return code;
}

}  // namespace

TEST_CASE("Code is cut into instructions of the lengths of JVMS 6.5") {
  struct Row {
    const char* name;
    Bytes code;
    std::vector<std::uint32_t> offsets;
  };
  const std::vector<Row> rows = {
      {"empty", Bytes(), {}},
      {"nop, bipush, sipush, ldc, ldc_w",
       Bytes().u1(0).u1(0x10).u1(1).u1(0x11).u2(1).u1(0x12).u1(1).u1(0x13).u2(1).u1(0xB1),
       {0, 1, 3, 6, 8, 11}},
      {"invokeinterface and invokedynamic",
       Bytes().u1(0xB9).u4(0x00010100).u1(0xBA).u4(0x00010000).u1(0xB1),
       {0, 5, 10}},
      {"multianewarray, goto_w", Bytes().u1(0xC5).u2(1).u1(2).u1(0xC8).u4(4).u1(0xB1), {0, 4, 9}},
      {"wide iload, wide iinc", Bytes().u1(0xC4).u1(0x15).u2(300).u1(0xC4).u1(0x84).u2(300).u2(1).u1(0xB1), {0, 4, 10}},
      {"tableswitch, no padding", tableswitch(3, 0, 1, 2).u1(0xB1), {0, 1, 2, 3, 24}},
      {"tableswitch, three bytes of padding", tableswitch(0, -1, 1, 3).u1(0xB1), {0, 28}},
      {"lookupswitch", Bytes().u1(0xAB).u1(0).u1(0).u1(0).u4(8).u4(1).u4(42).u4(9).u1(0xB1), {0, 20}},
      {"lookupswitch without a pair", Bytes().u1(0xAB).u1(0).u1(0).u1(0).u4(8).u4(0).u1(0xB1), {0, 12}},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK(offsets(row.code) == row.offsets);
  }
}

TEST_CASE("Code cut short at any byte of an instruction is refused") {
  const std::vector<Bytes> whole = {Bytes().u1(0x10).u1(1), Bytes().u1(0xB9).u4(0),
                                    Bytes().u1(0xC4).u1(0x84).u2(1).u2(1), tableswitch(0, 0, 1, 2),
                                    Bytes().u1(0xAB).u1(0).u2(0).u4(8).u4(1).u4(42).u4(9)};
  for (const Bytes& code : whole)
    for (std::size_t length = 1; length < code.get().size(); ++length) {
      INFO("opcode " << std::to_integer<int>(code.get()[0]) << ", " << length << " bytes");
      CHECK_THROWS_AS(instructions_of(std::span(code.get()).first(length), kPlace, 0), InputError);
    }
}

TEST_CASE("Bytes that are no instruction are named with their offset in the class file") {
  struct Row {
    const char* name;
    Bytes code;
    const char* message;
  };
  const std::vector<Row> rows = {
      {"breakpoint", Bytes().u1(0).u1(0xCA), "Job.class, offset 101: expected an opcode up to 0xC9, found 0xCA"},
      {"impdep2", Bytes().u1(0xFF), "Job.class, offset 100: expected an opcode up to 0xC9, found 0xFF"},
      {"wide nop", Bytes().u1(0xC4).u1(0).u2(0),
       "Job.class, offset 100: expected an instruction that wide may widen, found 0x00"},
      {"operand behind the end", Bytes().u1(0xB6).u1(0),
       "Job.class, offset 101: expected operands (2 bytes), found 1 left"},
      {"tableswitch backwards", tableswitch(0, 2, 1, 2),
       "Job.class, offset 104: expected a tableswitch from low to high, found 2 to 1"},
      {"tableswitch of all integers", tableswitch(0, INT32_MIN, INT32_MAX, 2),
       "Job.class, offset 104: expected tableswitch (17179869196 bytes), found 20 left"},
      {"lookupswitch of fewer than no pairs", Bytes().u1(0xAB).u1(0).u2(0).u4(0).u4(0xFFFFFFFF),
       "Job.class, offset 108: expected number of switch pairs of at least 0, found -1"},
      {"lookupswitch of more pairs than bytes", Bytes().u1(0xAB).u1(0).u2(0).u4(0).u4(0x7FFFFFFF).u4(0),
       "Job.class, offset 108: expected number of switch pairs that fits the 4 bytes left, found 2147483647"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK_THROWS_WITH(cut(row.code), row.message);
  }
}

TEST_CASE("What an instruction loads and stores") {
  struct Row {
    const char* name;
    Bytes code;
    std::optional<std::uint16_t> constant;
    std::optional<std::uint16_t> member;
    std::optional<std::uint16_t> reference;
    std::optional<std::pair<int, int>> store;  ///< Local variable and slots.
  };
  const std::vector<Row> rows = {
      {"nop", Bytes().u1(0), {}, {}, {}, {}},
      {"ldc", Bytes().u1(0x12).u1(200), 200, {}, {}, {}},
      {"ldc_w", Bytes().u1(0x13).u2(300), 300, {}, {}, {}},
      {"ldc2_w", Bytes().u1(0x14).u2(300), 300, {}, {}, {}},
      {"getstatic", Bytes().u1(0xB2).u2(300), {}, 300, {}, {}},
      {"invokeinterface", Bytes().u1(0xB9).u2(300).u2(0x0100), {}, 300, {}, {}},
      {"invokedynamic", Bytes().u1(0xBA).u2(300).u2(0), {}, {}, {}, {}},
      {"aload", Bytes().u1(0x19).u1(7), {}, {}, 7, {}},
      {"wide aload", Bytes().u1(0xC4).u1(0x19).u2(300), {}, {}, 300, {}},
      {"aload_0", Bytes().u1(0x2A), {}, {}, 0, {}},
      {"aload_3", Bytes().u1(0x2D), {}, {}, 3, {}},
      {"iload", Bytes().u1(0x15).u1(7), {}, {}, {}, {}},
      {"istore", Bytes().u1(0x36).u1(7), {}, {}, {}, std::pair(7, 1)},
      {"lstore", Bytes().u1(0x37).u1(7), {}, {}, {}, std::pair(7, 2)},
      {"dstore_2", Bytes().u1(0x49), {}, {}, {}, std::pair(2, 2)},
      {"fstore_3", Bytes().u1(0x46), {}, {}, {}, std::pair(3, 1)},
      {"astore", Bytes().u1(0x3A).u1(7), {}, {}, {}, std::pair(7, 1)},
      {"wide astore", Bytes().u1(0xC4).u1(0x3A).u2(300), {}, {}, {}, std::pair(300, 1)},
      {"astore_3", Bytes().u1(0x4E), {}, {}, {}, std::pair(3, 1)},
      {"iinc", Bytes().u1(0x84).u1(7).u1(1), {}, {}, {}, std::pair(7, 1)},
      {"iastore", Bytes().u1(0x4F), {}, {}, {}, {}},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const Instruction instruction = cut(row.code).at(0);
    CHECK(instruction.loaded_constant() == row.constant);
    CHECK(instruction.member() == row.member);
    CHECK(instruction.loaded_reference() == row.reference);
    const auto store = instruction.store();
    CHECK(store.has_value() == row.store.has_value());
    if (store && row.store)
      CHECK(std::pair<int, int>(store->local, store->slots) == *row.store);
  }
}

TEST_CASE("Where an instruction may jump to") {
  struct Row {
    const char* name;
    Bytes code;
    std::vector<std::int64_t> targets;
  };
  const std::vector<Row> rows = {
      {"return", Bytes().u1(0xB1), {}},
      {"ifeq backwards", Bytes().u1(0x99).u2(0xFFFE), {-2}},
      {"goto", Bytes().u1(0xA7).u2(5), {5}},
      {"ifnonnull", Bytes().u1(0xC7).u2(5), {5}},
      {"goto_w backwards", Bytes().u1(0xC8).u4(0xFFFFFFF0), {-16}},
      {"tableswitch", tableswitch(0, 0, 1, 2), {7, 9, 9}},
      {"lookupswitch", Bytes().u1(0xAB).u1(0).u2(0).u4(8).u4(2).u4(42).u4(9).u4(43).u4(10), {8, 9, 10}},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK(cut(row.code).at(0).jump_targets() == row.targets);
  }
}
