#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace preflight::test {

/// Big-endian bytes, as a class file has them.
class Bytes {
 public:
  Bytes& u1(std::uint64_t value) { return put(value, 1); }
  Bytes& u2(std::uint64_t value) { return put(value, 2); }
  Bytes& u4(std::uint64_t value) { return put(value, 4); }
  Bytes& text(std::string_view text) {
    for (const char c : text)
      bytes_.push_back(static_cast<std::byte>(c));
    return *this;
  }
  Bytes& add(const std::vector<std::byte>& bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    return *this;
  }
  const std::vector<std::byte>& get() const { return bytes_; }

 private:
  Bytes& put(std::uint64_t value, int width) {
    for (int i = width; i-- > 0;)
      bytes_.push_back(static_cast<std::byte>(value >> (8 * i)));
    return *this;
  }
  std::vector<std::byte> bytes_;
};

/// Writes class files that no compiler would write: one field of JVMS 4.1 a member, honest unless it is overwritten.
/// Constants return their index.
class ClassFileBuilder {
 public:
  explicit ClassFileBuilder(std::string_view name = "com/example/Job", std::string_view super = "java/lang/Object") {
    this_class = class_entry(name);
    super_class = class_entry(super);
  }

  std::uint32_t magic = 0xCAFEBABE;
  std::uint16_t minor_version = 0;
  std::uint16_t major_version = 52;
  int constant_pool_count = -1;  ///< -1: as many as there are.
  std::uint16_t access_flags = 0x0021;
  std::uint16_t this_class = 0;
  std::uint16_t super_class = 0;
  int interfaces_count = -1;
  int fields_count = -1;
  int methods_count = -1;
  int attributes_count = -1;
  std::vector<std::uint16_t> interfaces = {};
  std::vector<std::byte> trailing = {};

  std::uint16_t constant(int tag, const Bytes& bytes, int indices = 1) {
    pool_.u1(static_cast<std::uint64_t>(tag)).add(bytes.get());
    const std::uint16_t index = next_index_;
    next_index_ = static_cast<std::uint16_t>(next_index_ + indices);
    return index;
  }
  std::uint16_t utf8(std::string_view text) { return constant(1, Bytes().u2(text.size()).text(text)); }
  std::uint16_t class_entry(std::string_view name) { return constant(7, Bytes().u2(utf8(name))); }
  std::uint16_t string(std::string_view text) { return constant(8, Bytes().u2(utf8(text))); }
  std::uint16_t name_and_type(std::string_view name, std::string_view descriptor) {
    const std::uint16_t name_index = utf8(name);
    return constant(12, Bytes().u2(name_index).u2(utf8(descriptor)));
  }
  /// `tag` is 9 for a field, 10 for a method, 11 for an interface method.
  std::uint16_t member(int tag, std::string_view owner, std::string_view name, std::string_view descriptor) {
    const std::uint16_t owner_index = class_entry(owner);
    return constant(tag, Bytes().u2(owner_index).u2(name_and_type(name, descriptor)));
  }

  void field(std::uint16_t access, std::string_view name, std::string_view descriptor) {
    const std::uint16_t name_index = utf8(name);
    fields_.u2(access).u2(name_index).u2(utf8(descriptor)).u2(0);
    ++field_total_;
  }
  void method(std::uint16_t access, std::string_view name, std::string_view descriptor) {
    const std::uint16_t name_index = utf8(name);
    methods_.u2(access).u2(name_index).u2(utf8(descriptor)).u2(0);
    ++method_total_;
  }
  /// A method with one attribute of the given name, bytes and stated length.
  void method_with_attribute(std::uint16_t access, std::string_view name, std::string_view descriptor,
                             std::string_view attribute, const Bytes& bytes, int stated_length = -1) {
    const std::uint16_t name_index = utf8(name);
    const std::uint16_t descriptor_index = utf8(descriptor);
    const std::uint16_t attribute_index = utf8(attribute);
    methods_.u2(access).u2(name_index).u2(descriptor_index).u2(1);
    methods_.u2(attribute_index).u4(stated_length < 0 ? bytes.get().size() : static_cast<std::uint64_t>(stated_length));
    methods_.add(bytes.get());
    ++method_total_;
  }
  void method_with_code(std::uint16_t access, std::string_view name, std::string_view descriptor, const Bytes& code) {
    method_with_attribute(access, name, descriptor, "Code", code_attribute(code));
  }
  static Bytes code_attribute(const Bytes& code) { return code_attribute(code, Bytes(), 0, Bytes()); }
  /// With rows of the exception table, and `attributes` attributes of its own.
  static Bytes code_attribute(const Bytes& code, const Bytes& handlers, int attributes, const Bytes& attribute_bytes) {
    return Bytes()
        .u2(4)
        .u2(4)
        .u4(code.get().size())
        .add(code.get())
        .u2(handlers.get().size() / 8)
        .add(handlers.get())
        .u2(static_cast<std::uint64_t>(attributes))
        .add(attribute_bytes.get());
  }
  void attribute(std::uint16_t name_index, std::uint32_t stated_length, const Bytes& bytes) {
    attributes_.u2(name_index).u4(stated_length).add(bytes.get());
    ++attribute_total_;
  }

  std::vector<std::byte> build() const {
    Bytes file;
    file.u4(magic).u2(minor_version).u2(major_version);
    file.u2(counted(constant_pool_count, next_index_)).add(pool_.get());
    file.u2(access_flags).u2(this_class).u2(super_class);
    file.u2(counted(interfaces_count, interfaces.size()));
    for (const std::uint16_t index : interfaces)
      file.u2(index);
    file.u2(counted(fields_count, field_total_)).add(fields_.get());
    file.u2(counted(methods_count, method_total_)).add(methods_.get());
    file.u2(counted(attributes_count, attribute_total_)).add(attributes_.get());
    file.add(trailing);
    return file.get();
  }

 private:
  static std::uint64_t counted(int stated, std::uint64_t real) {
    return stated < 0 ? real : static_cast<std::uint64_t>(stated);
  }

  Bytes pool_;
  Bytes fields_;
  Bytes methods_;
  Bytes attributes_;
  std::uint16_t next_index_ = 1;
  std::uint64_t field_total_ = 0;
  std::uint64_t method_total_ = 0;
  std::uint64_t attribute_total_ = 0;
};

}  // namespace preflight::test
