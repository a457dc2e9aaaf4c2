package personas.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import personas.feature.ColumnFeature;
import personas.feature.Feature;
import personas.feature.MissingPolicy;
import personas.feature.Transform;
import personas.feature.UserSchema;

/** The corpus of dirty files and the expected results. */
public final class DirtyFiles {
  static final Path FOLDER = Path.of("src/test/resources/dirty");

  private static final UserSchema WITH_ID = schema("user_id");
  private static final UserSchema WITHOUT_ID = schema(null);

  /** Those that the files are read as. */
  public static final List<UserSchema> SCHEMAS = List.of(WITH_ID, WITHOUT_ID);

  private DirtyFiles() {}

  private static UserSchema schema(String id) {
    List<Feature> features =
        List.of(
            new ColumnFeature("a", Transform.NONE, MissingPolicy.REJECT, 0, 1e300),
            new ColumnFeature(
                "b", Transform.NONE, MissingPolicy.MEAN, -Double.MAX_VALUE, Double.MAX_VALUE),
            new ColumnFeature(
                "c", Transform.LOG1P, MissingPolicy.ZERO, -Double.MAX_VALUE, Double.MAX_VALUE));
    return new UserSchema(id, features, List.of("note"));
  }

  /** What a file is read as: users are known by their position where its name says so. */
  public static UserSchema schemaOf(String file) {
    return file.startsWith("noid") ? WITHOUT_ID : WITH_ID;
  }

  static InputFormat formatOf(String file) {
    return file.contains(".jsonl") ? InputFormat.JSONL : InputFormat.CSV;
  }

  /** The names of all files, sorted; beside each stands {@code .expected}. */
  static List<String> names() throws IOException {
    try (Stream<Path> paths = Files.list(FOLDER)) {
      return paths
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".expected"))
          .map(name -> name.replace(".expected", ""))
          .sorted()
          .toList();
    }
  }

  /** The files with {@code kind} in their names: what a fuzzer starts from. */
  public static Stream<byte[]> bytes(String kind) throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (String name : names()) {
      if (name.contains(kind)) {
        files.add(Files.readAllBytes(FOLDER.resolve(name)));
      }
    }
    return files.stream();
  }
}
