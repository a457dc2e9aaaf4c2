package personas.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PValue;
import org.junit.jupiter.api.Test;
import personas.spec.SegmentationSpec;
import personas.spec.SpecReader;

/** The shape of the jobs: what an engine must plan, and what flows through it. */
class JobGraphTest {
  /** Wrappers and type variables of Beam's own transforms, and keys. */
  private static final Set<String> BEAMS_OWN =
      Set.of(
          "KV",
          "Iterable",
          "ValueInSingleWindow",
          "K",
          "V",
          "T",
          "OutputT",
          "SourceT",
          "B",
          "",
          "Integer",
          "List",
          "String",
          "Void");

  private static RunPlan plan(int iterationsPerJob, boolean ownThreads) throws Exception {
    SegmentationSpec spec;
    try (InputStream in = new FileInputStream("pipelines/image-platform-users.yaml")) {
      spec = SpecReader.read("spec", in);
    }
    return new RunPlan(
        spec,
        "in.csv",
        "target/out",
        "target/staging",
        1 << 24,
        4,
        ownThreads,
        false,
        iterationsPerJob,
        false,
        "",
        null,
        null,
        null);
  }

  private static Pipeline job(int iterationsPerJob) throws Exception {
    return job(iterationsPerJob, false);
  }

  private static Pipeline job(int iterationsPerJob, boolean ownThreads) throws Exception {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(DirectRunner.class);
    return Segmentation.firstJob(options, plan(iterationsPerJob, ownThreads));
  }

  private static List<TransformHierarchy.Node> primitives(Pipeline pipeline) {
    List<TransformHierarchy.Node> nodes = new ArrayList<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public void visitPrimitiveTransform(TransformHierarchy.Node node) {
            nodes.add(node);
          }
        });
    return nodes;
  }

  /** Rows leave Beam in the first step: only these small values flow, whatever the input holds. */
  @Test
  void noElementIsARow() throws Exception {
    Set<String> words = new TreeSet<>();
    for (TransformHierarchy.Node node : primitives(job(8))) {
      for (PValue output : node.getOutputs().values()) {
        String type = String.valueOf(((PCollection<?>) output).getTypeDescriptor());
        // Simple names: packages and enclosing classes left out.
        words.addAll(List.of(type.replaceAll("[\\w.]+[.$](?=\\w)", "").split("\\W+")));
      }
    }
    words.removeAll(BEAMS_OWN);
    assertEquals(Set.of("FileRange", "RangeRead", "ReadTotals", "Pass", "Assigned"), words);
  }

  /**
   * Each state is consumed once. Planners that walk every path of a graph never end where each pass
   * doubles the paths.
   */
  @Test
  void thereIsOnePathThroughTheIterations() throws Exception {
    for (int iterations : new int[] {4, 8, 16, 24}) {
      Map<PValue, Integer> consumers = new HashMap<>();
      for (TransformHierarchy.Node node : primitives(job(iterations))) {
        // A view is the same collection again, as a side input.
        if (!(node.getTransform() instanceof View.CreatePCollectionView)) {
          node.getInputs().values().forEach(input -> consumers.merge(input, 1, Integer::sum));
        }
      }
      int most = consumers.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
      assertEquals(1, most, "consumers of one collection at " + iterations + " iterations");
    }
  }

  /** One step each, and between them nothing that an engine would schedule by itself. */
  @Test
  void whereAnElementHoldsAllTasksTheJobIsAChain() throws Exception {
    List<String> names = new ArrayList<>();
    Pipeline job = job(2, true);
    for (TransformHierarchy.Node node : primitives(job)) {
      names.add(node.getFullName().replaceAll("/(MapElements|Map/|ParMultiDo|Impulse).*", ""));
    }
    assertEquals(
        List.of(
            "Read users/Input",
            "Read users/Match files",
            "Read users/Read ranges",
            "Read users/Check records",
            "Seed centroids",
            "Iterations/Sum clusters",
            "Assign users/Assign users",
            "Publish results"),
        names.stream().distinct().toList());
  }

  @Test
  void theGraphGrowsLinearly() throws Exception {
    int four = primitives(job(4)).size();
    int eight = primitives(job(8)).size();
    int twentyFour = primitives(job(24)).size();
    assertEquals(eight - four, (twentyFour - eight) / 4);
  }

  @Test
  void stepsHaveReadableNames() throws Exception {
    List<String> names = new ArrayList<>();
    for (TransformHierarchy.Node node : primitives(job(2))) {
      if (node.getTransform() instanceof ParDo.MultiOutput) {
        names.add(node.getFullName());
      }
    }
    assertTrue(names.stream().anyMatch(n -> n.startsWith("Read users/Match files/")), "" + names);
    assertTrue(
        names.stream().anyMatch(n -> n.startsWith("Iteration 01/Sum clusters/")), "" + names);
    assertTrue(names.stream().anyMatch(n -> n.startsWith("Iteration 02/Merge sums/")), "" + names);
    assertTrue(names.stream().anyMatch(n -> n.startsWith("Assign users/Assign slot/")), "" + names);
    assertTrue(names.stream().anyMatch(n -> n.startsWith("Publish results/")), "" + names);
  }
}
