package personas;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.NodeList;

/**
 * The jar of the library as the build makes it, from the compiled classes that the pom lists. The
 * class path has only this jar, Jackson and FastDoubleParser.
 */
final class ModelJar implements AutoCloseable {
  private static final Path CLASSES = Path.of("target/classes");
  private static final Pattern OWN = Pattern.compile("personas(?:/[a-z]+)*/[A-Z][\\w$]*");
  private static final Pattern FOREIGN =
      Pattern.compile("(?<![a-z/])(?:org|com|io|at|ch)/[a-z0-9]+/[\\w/]*[A-Z][\\w$]*");

  /** Name of the class, with slashes → its bytes. */
  private final Map<String, byte[]> classes = new TreeMap<>();

  private final URLClassLoader loader;
  private final Map<Path, Object> models = new HashMap<>();

  private ModelJar(Map<String, byte[]> classes, Path jar) throws MalformedURLException {
    this.classes.putAll(classes);
    URL[] files = {
      jar.toUri().toURL(),
      location(ObjectMapper.class),
      location(JsonFactory.class),
      location(JsonInclude.class),
      location(JavaDoubleParser.class)
    };
    loader = new URLClassLoader(files, ClassLoader.getPlatformClassLoader());
  }

  private static URL location(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  /** Writes the jar into a folder and opens it. */
  static ModelJar in(Path folder) throws Exception {
    List<PathMatcher> includes =
        includes().stream()
            .map(include -> FileSystems.getDefault().getPathMatcher("glob:" + include))
            .toList();
    Map<String, byte[]> classes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(CLASSES)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        Path entry = CLASSES.relativize(file);
        if (includes.stream().anyMatch(include -> include.matches(entry))) {
          classes.put(
              entry.toString().replace('\\', '/').replace(".class", ""), Files.readAllBytes(file));
        }
      }
    }
    Path jar = Files.createTempFile(folder, "model", ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      for (Map.Entry<String, byte[]> each : classes.entrySet()) {
        entries.putNextEntry(new JarEntry(each.getKey() + ".class"));
        entries.write(each.getValue());
      }
    }
    return new ModelJar(classes, jar);
  }

  /** The includes of the execution that builds the jar. */
  private static List<String> includes() throws Exception {
    NodeList found =
        (NodeList)
            XPathFactory.newInstance()
                .newXPath()
                .evaluate(
                    "//execution[id='model']/configuration/includes/include",
                    DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(Path.of("pom.xml").toFile()),
                    XPathConstants.NODESET);
    List<String> includes = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      includes.add(found.item(i).getTextContent());
    }
    return includes;
  }

  /** The score of a record as text, or the reason and the column of its rejection. */
  String score(Path model, Map<String, ?> record) throws Exception {
    Class<?> type = loader.loadClass("personas.PersonaModel");
    if (!models.containsKey(model)) {
      models.put(model, type.getMethod("load", Path.class).invoke(null, model));
    }
    Method score = type.getMethod("score", Map.class);
    try {
      return String.valueOf(score.invoke(models.get(model), record));
    } catch (InvocationTargetException e) {
      Throwable thrown = e.getCause();
      return thrown.getClass().getMethod("reason").invoke(thrown)
          + ","
          + thrown.getClass().getMethod("column").invoke(thrown);
    }
  }

  /** Classes of libraries other than Jackson and FastDoubleParser that the classes name. */
  List<String> libraries() {
    return named(FOREIGN)
        .filter(name -> !name.startsWith("com/fasterxml/jackson/"))
        .filter(name -> !name.startsWith("ch/randelshofer/fastdoubleparser/"))
        .toList();
  }

  /** Classes of ours that the classes name and the jar does not hold. */
  List<String> missing() {
    return named(OWN).filter(name -> !classes.containsKey(name)).toList();
  }

  private Stream<String> named(Pattern pattern) {
    TreeSet<String> names = new TreeSet<>();
    classes
        .values()
        .forEach(
            bytes ->
                pattern
                    .matcher(new String(bytes, StandardCharsets.ISO_8859_1))
                    .results()
                    .forEach(match -> names.add(match.group())));
    return names.stream();
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
