#include "classfile/constant_pool.h"

#include <catch2/catch.hpp>

#include "parsers/classfile/class_file_builder.h"

using namespace preflight;
using namespace preflight::test;

namespace {

const InputPlace kPlace{"Job.class"};

/// The count and the entries of a pool.
Bytes pool_of(int count, const Bytes& entries) {
  return Bytes().u2(static_cast<std::uint64_t>(count)).add(entries.get());
}

void read(const Bytes& pool, std::uint16_t major_version) {
  ByteReader reader(pool.get(), kPlace);
  ConstantPool().read(reader, major_version);
}

const Bytes kUtf8 = Bytes().u1(1).u2(1).text("a");
const Bytes kClass = Bytes().u1(7).u2(1);
const Bytes kNameAndType = Bytes().u1(12).u2(1).u2(1);

/// Index 1 Utf8, 2 Class, 3 NameAndType, 4 Fieldref, 5 Methodref, 6 InterfaceMethodref, and 7 the entry given.
Bytes with_all_before(const Bytes& entry) {
  Bytes bytes;
  bytes.add(kUtf8.get()).add(kClass.get()).add(kNameAndType.get());
  for (const int tag : {9, 10, 11})
    bytes.u1(static_cast<std::uint64_t>(tag)).u2(2).u2(3);
  return pool_of(8, bytes.add(entry.get()));
}

}  // namespace

TEST_CASE("A pool hands out its entries by index") {
  Bytes entries;
  entries.add(Bytes().u1(5).u4(0).u4(1).get());        // 1 and 2: a long
  entries.add(Bytes().u1(1).u2(3).text("a/B").get());  // 3
  entries.add(Bytes().u1(7).u2(3).get());              // 4
  entries.add(Bytes().u1(1).u2(3).text("()V").get());  // 5
  entries.add(Bytes().u1(12).u2(3).u2(5).get());       // 6
  entries.add(Bytes().u1(11).u2(4).u2(6).get());       // 7
  const Bytes bytes = pool_of(8, entries).u4(0xFEEDBEEF);
  ByteReader reader(bytes.get(), kPlace);
  ConstantPool pool;
  pool.read(reader, 52);
  CHECK(reader.u4("what stands behind") == 0xFEEDBEEF);
  CHECK(pool.count() == 8);
  CHECK(pool.tag(0) == ConstantTag::none);
  CHECK(pool.tag(1) == ConstantTag::long_integer);
  CHECK(pool.tag(2) == ConstantTag::none);
  CHECK(pool.tag(8) == ConstantTag::none);
  CHECK(pool.class_name(4) == "a/B");
  const ConstantPool::Member member = pool.member(7, reader, "a call");
  CHECK(member.tag == ConstantTag::interface_method);
  CHECK(member.owner == "a/B");
  CHECK(member.name == "a/B");
  CHECK(member.descriptor == "()V");
  CHECK_THROWS_WITH(
      pool.member(4, reader, "a call"),
      "Job.class, offset 40: expected a field or method for a call at constant pool index 4, found CONSTANT_Class");
  CHECK_THROWS_WITH(
      pool.utf8(2, reader, "a name"),
      "Job.class, offset 40: expected a CONSTANT_Utf8 for a name at constant pool index 2, found no entry");
}

TEST_CASE("A pool whose entries contradict each other is refused") {
  struct Row {
    const char* name;
    Bytes pool;
    const char* message;
  };
  const std::vector<Row> rows = {
      {"count 0", Bytes().u2(0), "Job.class, offset 2: expected a constant pool count of at least 1, found 0"},
      {"more entries than bytes", Bytes().u2(0xFFFF).u4(0),
       "Job.class, offset 2: expected 65534 constant pool entries, found 4 bytes left"},
      {"text behind the end", pool_of(2, Bytes().u1(1).u2(2).text("a")),
       "Job.class, offset 2: expected constant pool index 1 of 1 (5 bytes), found 4 left"},
      {"a long as the last of its indices", pool_of(2, Bytes().u1(5).u4(0).u4(0)),
       "Job.class, offset 11: expected two constant pool indices for a long or double, found that 1 is the last"},
      {"no tag 0", pool_of(2, Bytes().u1(0).u2(0)),
       "Job.class, offset 2: expected a constant pool tag of class file version 52 at index 1, found 0"},
      {"no tag 2", pool_of(2, Bytes().u1(2).u2(0)),
       "Job.class, offset 2: expected a constant pool tag of class file version 52 at index 1, found 2"},
      {"no tag 13", pool_of(2, Bytes().u1(13).u2(0)),
       "Job.class, offset 2: expected a constant pool tag of class file version 52 at index 1, found 13"},
      {"no tag 21", pool_of(2, Bytes().u1(21).u2(0)),
       "Job.class, offset 2: expected a constant pool tag of class file version 52 at index 1, found 21"},
      {"no tag 255", pool_of(2, Bytes().u1(255).u2(0)),
       "Job.class, offset 2: expected a constant pool tag of class file version 52 at index 1, found 255"},
      {"bytes that are no modified UTF-8", pool_of(2, Bytes().u1(1).u2(1).u1(0xFF)),
       "Job.class, offset 2: expected modified UTF-8 at constant pool index 1, found other bytes"},
      {"a class without a name", pool_of(3, Bytes().u1(1).u2(0).u1(7).u2(1)),
       "Job.class, offset 5: expected a name at CONSTANT_Class index 2, found an empty one"},
      {"a class named by itself", pool_of(2, Bytes().u1(7).u2(1)),
       "Job.class, offset 2: expected CONSTANT_Class index 1 to lead to a CONSTANT_Utf8 at 1 to 1, found 1 "
       "(CONSTANT_Class)"},
      {"a class named by index 0", pool_of(2, Bytes().u1(7).u2(0)),
       "Job.class, offset 2: expected CONSTANT_Class index 1 to lead to a CONSTANT_Utf8 at 1 to 1, found 0 (no entry)"},
      {"a string outside", pool_of(2, Bytes().u1(8).u2(2)),
       "Job.class, offset 2: expected CONSTANT_String index 1 to lead to a CONSTANT_Utf8 at 1 to 1, found 2 (outside)"},
      {"a string of a class", with_all_before(Bytes().u1(8).u2(2)),
       "Job.class, offset 29: expected CONSTANT_String index 7 to lead to a CONSTANT_Utf8 at 1 to 7, found 2 "
       "(CONSTANT_Class)"},
      {"a field of no class", with_all_before(Bytes().u1(9).u2(1).u2(3)),
       "Job.class, offset 29: expected CONSTANT_Fieldref index 7 to lead to a CONSTANT_Class at 1 to 7, found 1 "
       "(CONSTANT_Utf8)"},
      {"a method without a name and type", with_all_before(Bytes().u1(10).u2(2).u2(2)),
       "Job.class, offset 29: expected CONSTANT_Methodref index 7 to lead to a CONSTANT_NameAndType at 1 to 7, found 2 "
       "(CONSTANT_Class)"},
      {"an interface method outside", with_all_before(Bytes().u1(11).u2(2).u2(0xFFFF)),
       "Job.class, offset 29: expected CONSTANT_InterfaceMethodref index 7 to lead to a CONSTANT_NameAndType at 1 to "
       "7, found "
       "65535 (outside)"},
      {"a name that is none", with_all_before(Bytes().u1(12).u2(2).u2(1)),
       "Job.class, offset 29: expected CONSTANT_NameAndType index 7 to lead to a CONSTANT_Utf8 at 1 to 7, found 2 "
       "(CONSTANT_Class)"},
      {"a descriptor that is none", with_all_before(Bytes().u1(12).u2(1).u2(3)),
       "Job.class, offset 29: expected CONSTANT_NameAndType index 7 to lead to a CONSTANT_Utf8 at 1 to 7, found 3 "
       "(CONSTANT_NameAndType)"},
      {"a method type that is none", with_all_before(Bytes().u1(16).u2(7)),
       "Job.class, offset 29: expected CONSTANT_MethodType index 7 to lead to a CONSTANT_Utf8 at 1 to 7, found 7 "
       "(CONSTANT_MethodType)"},
      {"a dynamic call without a name and type", with_all_before(Bytes().u1(18).u2(0).u2(5)),
       "Job.class, offset 29: expected CONSTANT_InvokeDynamic index 7 to lead to a CONSTANT_NameAndType at 1 to 7, "
       "found 5 "
       "(CONSTANT_Methodref)"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK_THROWS_WITH(read(row.pool, 52), row.message);
  }
}

TEST_CASE("A method handle leads to the member that its kind asks for") {
  // With index 4 a field, 5 a method, 6 an interface method (JVMS 4.4.8).
  for (unsigned kind = 0; kind <= 10; ++kind)
    for (unsigned target = 0; target <= 8; ++target)
      for (const std::uint16_t major : {std::uint16_t{51}, std::uint16_t{52}}) {
        INFO("kind " << kind << ", index " << target << ", version " << major);
        const bool valid = (kind >= 1 && kind <= 4 && target == 4) || (kind >= 5 && kind <= 8 && target == 5) ||
                           (kind == 9 && target == 6) || ((kind == 6 || kind == 7) && target == 6 && major == 52);
        const Bytes pool = with_all_before(Bytes().u1(15).u1(kind).u2(target));
        if (valid)
          CHECK_NOTHROW(read(pool, major));
        else
          CHECK_THROWS_WITH(read(pool, major),
                            Catch::Contains("expected a member that fits reference kind " + std::to_string(kind)));
      }
}

TEST_CASE("A tag is one only since its class file version") {
  struct Row {
    const char* name;
    Bytes entry;
    std::uint16_t since;
  };
  const std::vector<Row> rows = {
      {"method handle", Bytes().u1(15).u1(1).u2(4), 51},
      {"method type", Bytes().u1(16).u2(1), 51},
      {"dynamic", Bytes().u1(17).u2(0).u2(3), 55},
      {"invoke dynamic", Bytes().u1(18).u2(0).u2(3), 51},
      {"module", Bytes().u1(19).u2(1), 53},
      {"package", Bytes().u1(20).u2(1), 53},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK_NOTHROW(read(with_all_before(row.entry), row.since));
    CHECK_THROWS_WITH(read(with_all_before(row.entry), static_cast<std::uint16_t>(row.since - 1)),
                      Catch::Contains("expected a constant pool tag of class file version"));
  }
}
