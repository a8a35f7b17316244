import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Writes every option of Flink's configuration that the JARs declare: one line each of the key, "option" or the key of
 * the option that reads this one too, the default, and the constant that holds it, with tabs between. A class that
 * cannot be initialised is named on standard error.
 *
 * <p>Run by scripts/configuration-keys: java ConfigurationOptions.java JAR...
 */
public final class ConfigurationOptions {
  private static final String OPTION = "org.apache.flink.configuration.ConfigOption";

  public static void main(String[] jars) throws Exception {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    Map<String, String> lines = new TreeMap<>();
    List<URL> urls = new ArrayList<>();
    for (String jar : jars) {
      urls.add(Path.of(jar).toUri().toURL());
    }
    try (URLClassLoader loader = new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      for (String jar : jars) {
        for (String name : holders(jar)) {
          read(name, loader, lines);
        }
      }
    }
    lines.values().forEach(out::println);
    out.flush();
  }

  /** The classes that name the type of options in a descriptor. */
  private static List<String> holders(String jar) throws IOException {
    List<String> names = new ArrayList<>();
    try (JarFile file = new JarFile(jar)) {
      for (JarEntry entry : (Iterable<JarEntry>) file.stream()::iterator) {
        if (!entry.getName().startsWith("org/apache/flink/") || !entry.getName().endsWith(".class")
            || entry.getName().contains("shaded")) {
          continue;
        }
        try (InputStream in = file.getInputStream(entry)) {
          String bytes = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
          if (bytes.contains("L" + OPTION.replace('.', '/') + ";")) {
            names.add(entry.getName().substring(0, entry.getName().length() - 6).replace('/', '.'));
          }
        }
      }
    }
    return names;
  }

  private static void read(String name, ClassLoader loader, Map<String, String> lines) {
    try {
      for (Field field : Class.forName(name, false, loader).getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers()) && field.getType().getName().equals(OPTION)) {
          field.setAccessible(true);
          write(name + "." + field.getName(), field.get(null), lines);
        }
      }
    } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
      System.err.println(name + ": " + e);
    }
  }

  private static void write(String constant, Object option, Map<String, String> lines)
      throws ReflectiveOperationException {
    if (option == null) {
      return;
    }
    String key = (String) call(option, "key");
    String value = String.valueOf(call(option, "defaultValue"));
    put(lines, key, "option", value, constant);
    for (Object alias : (Iterable<?>) call(option, "fallbackKeys")) {
      put(lines, (String) call(alias, "getKey"), key, value, constant);
    }
  }

  private static void put(Map<String, String> lines, String key, String reader, String value, String constant) {
    String line = String.join("\t", key, reader, value.replaceAll("\\s+", " "), constant);
    lines.put(key + "\t" + reader + "\t" + constant, line);
  }

  private static Object call(Object on, String method) throws ReflectiveOperationException {
    java.lang.reflect.Method found = on.getClass().getDeclaredMethod(method);
    found.setAccessible(true);
    return found.invoke(on);
  }
}
