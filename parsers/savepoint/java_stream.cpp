#include "savepoint/java_stream.h"

#include <fmt/format.h>

namespace preflight {
namespace {

// The depth bounds this reader's recursion. Flink's own objects (types nested in types) stay below 60.
constexpr int kMaxDepth = 200;
constexpr std::size_t kMaxValues = 100'000;  ///< Objects, fields and elements together.

constexpr std::uint32_t kMagicAndVersion = 0xACED0005;
constexpr std::uint32_t kFirstHandle = 0x7E0000;

/// java.io.ObjectStreamConstants.
enum class Tag : std::uint8_t {
  null = 0x70,
  reference = 0x71,
  class_descriptor = 0x72,
  object = 0x73,
  text = 0x74,
  array = 0x75,
  class_object = 0x76,
  block_data = 0x77,
  end_block_data = 0x78,
  reset = 0x79,
  long_block_data = 0x7A,
  long_text = 0x7C,
  proxy_class_descriptor = 0x7D,
  enum_constant = 0x7E,
};
constexpr std::uint8_t kWriteMethod = 0x01;
constexpr std::uint8_t kSerializable = 0x02;
constexpr std::uint8_t kExternalizable = 0x04;
constexpr std::uint8_t kBlockDataMode = 0x08;

/// Bytes of a value of a primitive type, or 0 for a reference type.
std::size_t primitive_size(char type) {
  switch (type) {
    case 'B':
    case 'Z':
      return 1;
    case 'C':
    case 'S':
      return 2;
    case 'F':
    case 'I':
      return 4;
    case 'D':
    case 'J':
      return 8;
    default:
      return 0;
  }
}

class StreamReader {
 public:
  explicit StreamReader(ByteReader& reader) : reader_(reader) {}

  JavaStream read() {
    const std::uint32_t magic = reader_.u4("magic of a Java object stream");
    if (magic != kMagicAndVersion)
      reader_.fail_at(reader_.offset() - 4, InputErrorKind::corrupt,
                      fmt::format("expected a Java object stream 0x{:08X}, found 0x{:08X}", kMagicAndVersion, magic));
    stream_.root = content();
    return std::move(stream_);
  }

 private:
  /// One level of nesting, for as long as it lives.
  class Level {
   public:
    explicit Level(StreamReader& owner) : owner_(owner) {
      if (++owner_.depth_ > kMaxDepth)
        owner_.reader_.fail(InputErrorKind::over_limit,
                            fmt::format("expected Java objects nested at most {} deep, found more", kMaxDepth));
    }
    ~Level() { --owner_.depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    StreamReader& owner_;
  };

  /// A value takes up to a hundred times the memory of its byte in the stream.
  void spend_value() {
    if (++values_ > kMaxValues)
      reader_.fail(InputErrorKind::over_limit,
                   fmt::format("expected at most {} values in a Java object stream, found more", kMaxValues));
  }

  JavaNodeId add(JavaNode::Kind kind) {
    spend_value();
    stream_.nodes.emplace_back().kind = kind;
    return static_cast<JavaNodeId>(stream_.nodes.size() - 1);
  }

  JavaNodeId assign_handle(JavaNodeId id) {
    handles_.push_back(id);
    return id;
  }

  JavaNodeId content() {
    while (true) {
      const Tag tag{reader_.u1("type of a Java object")};
      if (tag != Tag::reset)
        return content(tag);
      handles_.clear();
    }
  }

  JavaNodeId content(Tag tag) {
    spend_value();
    const Level level(*this);
    switch (tag) {
      case Tag::null:
        return add(JavaNode::Kind::null);
      case Tag::reference:
        return reference();
      case Tag::class_descriptor:
        return class_descriptor();
      case Tag::proxy_class_descriptor:
        return proxy_class_descriptor();
      case Tag::object:
        return object();
      case Tag::text:
        return text(reader_.u2("length of a Java string"));
      case Tag::long_text:
        return text(reader_.u8("length of a Java string"));
      case Tag::array:
        return array();
      case Tag::class_object:
        return class_object();
      case Tag::enum_constant:
        return enum_constant();
      case Tag::block_data:
        return block_data(reader_.u1("length of Java block data"));
      case Tag::long_block_data:
        return block_data(reader_.count(1, "length of Java block data"));
      default:
        reader_.fail_at(reader_.offset() - 1, InputErrorKind::corrupt,
                        fmt::format("expected the type of a Java object, found 0x{:02X}", static_cast<unsigned>(tag)));
    }
  }

  JavaNodeId reference() {
    const std::uint32_t handle = reader_.u4("reference to a Java object");
    if (handle < kFirstHandle || handle - kFirstHandle >= handles_.size())
      reader_.fail_at(
          reader_.offset() - 4, InputErrorKind::corrupt,
          fmt::format("expected a reference to one of {} Java objects, found 0x{:08X}", handles_.size(), handle));
    return handles_[handle - kFirstHandle];
  }

  JavaNodeId text(std::uint64_t length) {
    const JavaNodeId id = assign_handle(add(JavaNode::Kind::text));
    stream_.nodes[id].text = utf8_of_modified_utf8(reader_.bytes(length, "Java string"));
    return id;
  }

  JavaNodeId block_data(std::uint64_t length) {
    reader_.skip(length, "Java block data");
    return add(JavaNode::Kind::block_data);
  }

  JavaNodeId class_descriptor() {
    constexpr std::uint64_t kSmallestField = 3;
    auto described = std::make_unique<JavaClassDescriptor>();
    described->name = reader_.utf("name of a Java class");
    reader_.u8("serialVersionUID");
    const JavaNodeId id = assign_handle(add(JavaNode::Kind::class_descriptor));
    described->flags = reader_.u1("flags of a Java class");
    const std::uint16_t fields = reader_.u2("number of fields of a Java class");
    if (fields > reader_.remaining() / kSmallestField)
      reader_.fail(InputErrorKind::truncated,
                   fmt::format("expected {} fields of a Java class, found {} bytes left", fields, reader_.remaining()));
    for (std::uint16_t i = 0; i < fields; ++i)
      described->fields.push_back(field_descriptor());
    extra_content();
    described->super = super_descriptor();
    stream_.nodes[id].described = std::move(described);
    return id;
  }

  JavaFieldDescriptor field_descriptor() {
    JavaFieldDescriptor field;
    spend_value();
    field.type = static_cast<char>(reader_.u1("type of a Java field"));
    const bool is_reference = field.type == 'L' || field.type == '[';
    if (!is_reference && primitive_size(field.type) == 0)
      reader_.fail_at(
          reader_.offset() - 1, InputErrorKind::corrupt,
          fmt::format("expected the type of a Java field, found 0x{:02X}", static_cast<unsigned char>(field.type)));
    field.name = reader_.utf("name of a Java field");
    if (is_reference)
      content();  // Its signature: a string that later fields may refer to.
    return field;
  }

  JavaNodeId proxy_class_descriptor() {
    const JavaNodeId id = assign_handle(add(JavaNode::Kind::class_descriptor));
    auto described = std::make_unique<JavaClassDescriptor>();
    described->name = "a dynamic proxy";
    described->flags = kSerializable;
    const std::uint32_t interfaces = reader_.count(2, "number of interfaces of a Java proxy");
    for (std::uint32_t i = 0; i < interfaces; ++i)
      reader_.utf("interface of a Java proxy");
    extra_content();
    described->super = super_descriptor();
    stream_.nodes[id].described = std::move(described);
    return id;
  }

  /// A class descriptor, a reference to one, or null.
  std::optional<JavaNodeId> super_descriptor() {
    const std::uint64_t start = reader_.offset();
    const JavaNodeId id = content();
    if (stream_.nodes[id].kind == JavaNode::Kind::null)
      return std::nullopt;
    // A descriptor that refers to itself is not complete yet: `described` is set last.
    if (stream_.nodes[id].kind != JavaNode::Kind::class_descriptor || stream_.nodes[id].described == nullptr)
      reader_.fail_at(start, InputErrorKind::corrupt, "expected a Java class descriptor, found another object");
    return id;
  }

  JavaNodeId required_descriptor() {
    const std::uint64_t start = reader_.offset();
    const std::optional<JavaNodeId> id = super_descriptor();
    if (!id)
      reader_.fail_at(start, InputErrorKind::corrupt, "expected a Java class descriptor, found null");
    return *id;
  }

  JavaNodeId object() {
    const JavaNodeId descriptor = required_descriptor();
    const JavaNodeId id = assign_handle(add(JavaNode::Kind::object));
    stream_.nodes[id].descriptor = descriptor;
    std::vector<JavaNodeId> hierarchy;
    for (std::optional<JavaNodeId> at = descriptor; at; at = stream_.nodes[*at].described->super) {
      spend_value();
      hierarchy.push_back(*at);
    }
    for (auto at = hierarchy.rbegin(); at != hierarchy.rend(); ++at)
      class_data(id, *stream_.nodes[*at].described);
    return id;
  }

  /// The descriptor stays where it is while nodes are added: nodes own descriptors through pointers.
  void class_data(JavaNodeId id, const JavaClassDescriptor& described) {
    if ((described.flags & kSerializable) != 0) {
      for (const JavaFieldDescriptor& field : described.fields) {
        spend_value();
        const JavaValue value = field_value(field.type);
        stream_.nodes[id].fields.push_back(value);
      }
      if ((described.flags & kWriteMethod) != 0)
        append_extra(id, extra_content());
    } else if ((described.flags & kExternalizable) != 0) {
      if ((described.flags & kBlockDataMode) == 0)
        reader_.fail(InputErrorKind::unsupported,
                     fmt::format("expected a Serializable, found the Externalizable {} of protocol 1", described.name));
      append_extra(id, extra_content());
    }
  }

  JavaValue field_value(char type) {
    switch (primitive_size(type)) {
      case 1:
        return std::int64_t{reader_.i1("Java field")};
      case 2:
        return std::int64_t{reader_.i2("Java field")};
      case 4:
        return std::int64_t{reader_.i4("Java field")};
      case 8:
        return reader_.i8("Java field");
      default:
        return content();
    }
  }

  void append_extra(JavaNodeId id, const std::vector<JavaNodeId>& extra) {
    auto& all = stream_.nodes[id].extra;
    all.insert(all.end(), extra.begin(), extra.end());
  }

  /// Contents up to the end mark: what a writeObject or annotateClass method wrote.
  std::vector<JavaNodeId> extra_content() {
    std::vector<JavaNodeId> extra;
    while (true) {
      const Tag tag{reader_.u1("type of a Java object")};
      if (tag == Tag::end_block_data)
        return extra;
      if (tag == Tag::reset)
        handles_.clear();
      else
        extra.push_back(content(tag));
    }
  }

  JavaNodeId array() {
    const JavaNodeId descriptor = required_descriptor();
    const JavaNodeId id = assign_handle(add(JavaNode::Kind::array));
    stream_.nodes[id].descriptor = descriptor;
    const std::string& name = stream_.nodes[descriptor].described->name;
    const std::size_t element_size = name.size() > 1 ? primitive_size(name[1]) : 0;
    const std::uint32_t length = reader_.count(element_size, "length of a Java array");
    if (element_size != 0) {
      reader_.skip(std::uint64_t{length} * element_size, "elements of a Java array");
      return id;
    }
    for (std::uint32_t i = 0; i < length; ++i) {
      const JavaNodeId element = content();
      stream_.nodes[id].extra.push_back(element);
    }
    return id;
  }

  JavaNodeId class_object() {
    const JavaNodeId descriptor = required_descriptor();
    const JavaNodeId id = assign_handle(add(JavaNode::Kind::class_object));
    stream_.nodes[id].descriptor = descriptor;
    return id;
  }

  JavaNodeId enum_constant() {
    const JavaNodeId descriptor = required_descriptor();
    const JavaNodeId id = assign_handle(add(JavaNode::Kind::enum_constant));
    stream_.nodes[id].descriptor = descriptor;
    const JavaNodeId name = content();
    stream_.nodes[id].extra.push_back(name);
    return id;
  }

  ByteReader& reader_;
  JavaStream stream_;
  std::vector<JavaNodeId> handles_;
  std::size_t values_ = 0;
  int depth_ = 0;
};

}  // namespace

JavaStream read_java_stream(ByteReader& reader) {
  return StreamReader(reader).read();
}

const std::string& JavaStream::text(const JavaNode& node) const {
  return node.kind == JavaNode::Kind::enum_constant ? nodes[node.extra.front()].text : node.text;
}

const std::string& JavaStream::class_name(const JavaNode& node) const {
  static const std::string none;
  return node.descriptor ? nodes[*node.descriptor].described->name : none;
}

std::optional<JavaValue> JavaStream::field(const JavaNode& object, std::string_view name) const {
  // Values begin with the topmost superclass, so the own class's fields are the last ones.
  std::size_t end = object.fields.size();
  for (std::optional<JavaNodeId> at = object.descriptor; at; at = nodes[*at].described->super) {
    const JavaClassDescriptor& described = *nodes[*at].described;
    if ((described.flags & kSerializable) == 0)
      continue;
    if (described.fields.size() > end)
      return std::nullopt;
    const std::size_t start = end - described.fields.size();
    for (std::size_t i = 0; i < described.fields.size(); ++i)
      if (described.fields[i].name == name)
        return object.fields[start + i];
    end = start;
  }
  return std::nullopt;
}

const JavaNode* JavaStream::object_field(const JavaNode& object, std::string_view name) const {
  const std::optional<JavaValue> value = field(object, name);
  const JavaNodeId* id = value ? std::get_if<JavaNodeId>(&*value) : nullptr;
  return id == nullptr || nodes[*id].kind == JavaNode::Kind::null ? nullptr : &nodes[*id];
}

std::string JavaStream::text_field(const JavaNode& object, std::string_view name) const {
  const JavaNode* node = object_field(object, name);
  return node == nullptr ? "" : text(*node);
}

std::optional<std::int64_t> JavaStream::number_field(const JavaNode& object, std::string_view name) const {
  const std::optional<JavaValue> value = field(object, name);
  const std::int64_t* number = value ? std::get_if<std::int64_t>(&*value) : nullptr;
  return number == nullptr ? std::nullopt : std::optional(*number);
}

}  // namespace preflight
