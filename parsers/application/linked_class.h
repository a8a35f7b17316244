#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "application/application_jar.h"
#include "application/class_texts.h"

namespace preflight {

/// A field or method that a class declares.
struct DeclaredMember {
  std::string_view name;
  std::string_view descriptor;  ///< As in the class file.
  std::uint16_t access_flags = 0;
};

/// An instruction, or another entry of the constant pool, that makes the JVM resolve a class, field or method.
struct SymbolUse {
  /// How it is used, which decides the rules of resolution (JVMS 5.4.3) and what goes wrong.
  enum class Kind {
    new_instance,  ///< new, and a method handle to a constructor
    /// checkcast, instanceof, ldc of a class or method type, array creation, a catch clause, a super type, and the
    /// types of a lambda or method reference
    class_reference,
    /// Named by no instruction: in a descriptor, a throws clause, InnerClasses, or where the verifier compares types.
    /// Resolved only when the JVM has to compare types, if at all. Of classes that have no other use in the class.
    descriptor,
    get_field,         ///< getfield, and a method handle that does the same
    put_field,         ///< putfield
    get_static,        ///< getstatic
    put_static,        ///< putstatic
    invoke_virtual,    ///< invokevirtual, and a method handle (a method reference or lambda) that does the same
    invoke_special,    ///< invokespecial: constructors, super calls
    invoke_static,     ///< invokestatic
    invoke_interface,  ///< invokeinterface
    /// A lambda or method reference: an object that has this method of the interface and no other (invokedynamic by way
    /// of java.lang.invoke.LambdaMetafactory).
    lambda,
  };
  Kind kind = Kind::class_reference;
  /// Binary name; arrays by their element. A method of an array (clone) is one of java.lang.Object, and counts as a
  /// reference to the class of the element.
  std::string_view owner;
  std::string_view name;         ///< Empty for a class.
  std::string_view descriptor;   ///< As in the class file; empty for a class.
  bool names_interface = false;  ///< The constant is a CONSTANT_InterfaceMethodref.
  std::string_view method;       ///< Name of the method that holds the instruction; empty where none does.
  int line = 0;                  ///< From LineNumberTable; 0 where the class file has none.
};

/// Everything about one class of an application that linking it may depend on.
struct LinkedClass {
  std::uint32_t index = 0;         ///< Into ApplicationJar::classes, which has its name, super class and interfaces.
  std::uint16_t access_flags = 0;  ///< Of a nested class those of its InnerClasses entry.
  std::string_view source_file;    ///< SourceFile attribute; empty where there is none.
  std::vector<DeclaredMember> fields;
  std::vector<DeclaredMember> methods;
  /// In the order of the code; each use once a line.
  std::vector<SymbolUse> uses;
  /// String constants that hold 'connector' in quotes, as a table's options in SQL do; where java_uses are kept.
  std::vector<std::string_view> table_texts;
  std::shared_ptr<const ClassTexts> texts;  ///< Keeps what the views above look at, for all classes that were read.
};

/// Whether uses of java.* are kept. No release of Flink changes how they link, and much of what libraries use is of
/// java.*; but what a team's own code calls there is of interest, and so are the texts of tables in it. References to
/// error classes are kept in any case, since catching a LinkageError changes what a use of Flink's does.
enum class JavaUses : std::uint8_t { kept, left_out };

/// Reads the classes at `indices` once more, in full, from the archive that the application was read from. A class that
/// cannot be read any more has no entry in the result, which is in the order of `indices`: nobody knows what such a
/// class uses. An application without its archive gives nothing. `java_uses` says by index what to do with those; all
/// are kept where it is not given. Throws InputError where something is over a limit.
std::vector<LinkedClass> read_linked_classes(const ApplicationJar& application, std::span<const std::uint32_t> indices,
                                             const std::function<JavaUses(std::uint32_t)>& java_uses = {});

}  // namespace preflight
