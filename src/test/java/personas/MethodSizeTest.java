package personas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Checks that methods are short and take few parameters. A record has at most {@value
 * #MAX_COMPONENTS} components, unless it is an object of a JSON file or of a spec, or a row of a
 * table: such a record has one component for each key or column. The compiler of the JDK parses the
 * sources.
 */
class MethodSizeTest {
  /** Lines between the braces of a method. */
  private static final int MAX_LINES = 30;

  private static final int MAX_PARAMETERS = 5;

  private static final int MAX_COMPONENTS = 5;

  /** Parsers of the bytes of a file, in which each byte is looked at in one place. */
  private static final List<String> LONG_PARSERS =
      List.of(
          "CsvRecordReader.scan",
          "CsvRecordReader.scanPlain",
          "DoubleParser.parseText",
          "NumberSyntax.rewrite");

  /**
   * The fenced kernel, whose loops run over whole arrays that the caller owns. Each array is a
   * parameter of its own, because HotSpot turns such loops into vector instructions.
   */
  private static final List<String> MANY_PARAMETERS_IN_KERNEL =
      List.of(
          "LloydKernel.addTwo",
          "LloydKernel.nearestWithNext",
          "LloydKernel.selectSecond",
          "LloydKernel.setTwo");

  /**
   * Objects of the JSON files of a run, of a timeline, of a comparison of two tables and of a
   * typing tool, and the fingerprint of a run.
   */
  private static final List<String> WIDE_OBJECTS_OF_JSON =
      List.of(
          "Description.Column",
          "Description.Figure",
          "Drift",
          "Drift.PersonaDrift",
          "EventSummary",
          "EventSummary.Source",
          "IterationRecord",
          "KComparison",
          "KSelection",
          "KeptCandidate",
          "LabelAgreement",
          "Migration",
          "Model",
          "Model.ClusterModel",
          "Model.FeatureModel",
          "Model.Ledger",
          "RejectedColumn",
          "ReportData",
          "ReportData.Feature",
          "ReportData.Ledger",
          "ReportData.Persona",
          "ReportData.RuleSet",
          "ReportData.Run",
          "RunFingerprint",
          "RunOutcome",
          "ScoreDrift",
          "ScoreDrift.FeatureDrift",
          "ScoreResult",
          "StickinessPrice",
          "Timeline",
          "Timeline.Flow",
          "Timeline.PersonaLine",
          "Timeline.Run",
          "TimelineEvent",
          "TimelinePage.Page",
          "TrainingContext",
          "TrainingContext.FeatureContext",
          "TypingInput",
          "TypingResult",
          "TypingResult.PersonaAccuracy");

  /** Objects of a spec. */
  private static final List<String> WIDE_OBJECTS_OF_SPEC =
      List.of("ClusteringSpec", "ColumnFeature", "InputSpec", "SegmentationSpec");

  /** Rows of a table that a run writes, with one component for each column. */
  private static final List<String> WIDE_ROWS = List.of("LedgerTable.Row", "PersonaScore");

  private static final Set<String> TOO_WIDE = new TreeSet<>();
  private static final Set<String> TOO_LONG = new TreeSet<>();
  private static final Set<String> TOO_MANY_PARAMETERS = new TreeSet<>();
  private static int methods;

  /** Visits the methods of one file. */
  private static final class Sizes extends TreeScanner<Void, Void> {
    private final CompilationUnitTree file;
    private final SourcePositions positions;
    private final Deque<ClassTree> classes = new ArrayDeque<>();

    Sizes(CompilationUnitTree file, SourcePositions positions) {
      this.file = file;
      this.positions = positions;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      if (type.getKind() == Tree.Kind.RECORD && components(type) > MAX_COMPONENTS) {
        TOO_WIDE.add(qualified(type));
      }
      classes.push(type);
      super.visitClass(type, null);
      classes.pop();
      return null;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      ClassTree type = classes.peek();
      String name = type.getSimpleName() + "." + method.getName();
      methods++;
      if (linesBetweenBraces(method) > MAX_LINES) {
        TOO_LONG.add(name);
      }
      boolean isCanonical =
          type.getKind() == Tree.Kind.RECORD
              && method.getName().contentEquals("<init>")
              && method.getParameters().size() == components(type);
      if (method.getParameters().size() > MAX_PARAMETERS && !isCanonical) {
        TOO_MANY_PARAMETERS.add(name);
      }
      return super.visitMethod(method, null);
    }

    /** The name of a class, with the classes around it. */
    private String qualified(ClassTree type) {
      StringBuilder name = new StringBuilder();
      classes
          .descendingIterator()
          .forEachRemaining(outer -> name.append(outer.getSimpleName()).append('.'));
      return name.append(type.getSimpleName()).toString();
    }

    /** The fields of a record that are not static. */
    private static long components(ClassTree type) {
      return type.getMembers().stream()
          .filter(member -> member instanceof VariableTree)
          .map(VariableTree.class::cast)
          .filter(field -> !field.getModifiers().getFlags().contains(Modifier.STATIC))
          .count();
    }

    private long linesBetweenBraces(MethodTree method) {
      return method.getBody() == null
          ? 0
          : line(positions.getEndPosition(file, method.getBody()))
              - line(positions.getStartPosition(file, method.getBody()))
              - 1;
    }

    private long line(long position) {
      return file.getLineMap().getLineNumber(position);
    }
  }

  @BeforeAll
  static void measure() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null);
        Stream<Path> files = Files.walk(Path.of("src/main/java/personas"))) {
      Iterable<? extends JavaFileObject> sources =
          manager.getJavaFileObjectsFromPaths(
              files.filter(file -> file.toString().endsWith(".java")).toList());
      JavacTask task =
          (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null, sources);
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree file : task.parse()) {
        new Sizes(file, positions).scan(file, null);
      }
    }
  }

  @Test
  void methodsHaveAtMostThirtyLines() {
    assertTrue(methods > 1000, "methods seen: " + methods);
    assertEquals(
        text(new TreeSet<>(LONG_PARSERS)),
        text(TOO_LONG),
        "methods with more than " + MAX_LINES + " lines");
  }

  @Test
  void methodsAndConstructorsHaveAtMostFiveParameters() {
    assertEquals(
        text(new TreeSet<>(MANY_PARAMETERS_IN_KERNEL)),
        text(TOO_MANY_PARAMETERS),
        "more than " + MAX_PARAMETERS + " parameters");
  }

  @Test
  void onlyObjectsOfFilesHaveManyComponents() {
    Set<String> allowed = new TreeSet<>(WIDE_OBJECTS_OF_JSON);
    allowed.addAll(WIDE_OBJECTS_OF_SPEC);
    allowed.addAll(WIDE_ROWS);
    assertEquals(text(allowed), text(TOO_WIDE), "more than " + MAX_COMPONENTS + " components");
  }

  private static String text(Set<String> names) {
    return String.join("\n", names);
  }
}
