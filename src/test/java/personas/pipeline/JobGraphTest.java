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
import org.apache.beam.runners.dataflow.DataflowRunner;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory;
import org.apache.beam.sdk.extensions.gcp.storage.NoopPathValidator;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.util.construction.renderer.PipelineDotRenderer;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PValue;
import org.junit.jupiter.api.Test;
import personas.connector.Connectors;
import personas.run.JobTuning;
import personas.run.KnownModels;
import personas.run.ResultSettings;
import personas.run.RunFolders;
import personas.run.RunPlan;
import personas.spec.SegmentationSpec;

/** Checks the shape of the job graph and the elements that flow through it. */
class JobGraphTest {
  /** Wrappers and type variables of transforms of Beam, and keys. */
  private static final Set<String> OF_BEAM =
      Set.of(
          "KV",
          "Iterable",
          "ValueInSingleWindow",
          "TimestampedValue",
          "CoCombineResult",
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

  private static RunPlan plan(int iterationsPerJob) throws Exception {
    SegmentationSpec spec;
    try (InputStream in = new FileInputStream("pipelines/image-platform-users.yaml")) {
      spec = Connectors.readSpec("spec", in);
    }
    return new RunPlan(
        spec,
        new RunFolders("in.csv", "target/out", "target/staging"),
        new JobTuning(1 << 24, 4, 4, iterationsPerJob, false),
        KnownModels.none(),
        ResultSettings.NONE);
  }

  private static Pipeline job(int iterationsPerJob) throws Exception {
    return job(iterationsPerJob, DirectRunner.class);
  }

  private static Pipeline job(int iterationsPerJob, Class<? extends PipelineRunner<?>> runner)
      throws Exception {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(runner);
    if (runner == DataflowRunner.class) {
      DataflowPipelineOptions dataflow = options.as(DataflowPipelineOptions.class);
      dataflow.setProject("any-project");
      dataflow.setRegion("us-central1");
      dataflow.setCredentialFactoryClass(NoopCredentialFactory.class);
      dataflow.setPathValidatorClass(NoopPathValidator.class);
      dataflow.setGcpTempLocation("target/temp");
      dataflow.setFilesToStage(List.of("pom.xml"));
    }
    return BatchJobs.firstJob(options, plan(iterationsPerJob));
  }

  /** Before a runner replaces its own sources, the graph is the same text on every runner. */
  @Test
  void theGraphIsTheSameOnEveryRunner() throws Exception {
    String direct = PipelineDotRenderer.toDotString(job(8, DirectRunner.class));
    assertEquals(direct, PipelineDotRenderer.toDotString(job(8, FlinkRunner.class)));
    assertEquals(direct, PipelineDotRenderer.toDotString(job(8, DataflowRunner.class)));
    assertTrue(direct.contains("Iteration 08"), direct);
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

  private static Set<String> composites(Pipeline pipeline, Class<?> transform) {
    Set<String> names = new TreeSet<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
            if (transform.isInstance(node.getTransform())) {
              names.add(node.getFullName());
            }
            return CompositeBehavior.ENTER_TRANSFORM;
          }
        });
    return names;
  }

  /** Beam does the merging: moments, sample, manifest and ledger; the sums; the assignments. */
  @Test
  void combinesMergeAndTheStateIsASideInput() throws Exception {
    assertEquals(
        Set.of(
            "Read users/Merge input/Combine",
            "Iteration 01/State",
            "Iteration 02/State",
            "Assign users/Final state",
            "Assign users/Merge totals"),
        normalized(composites(job(2), Combine.Globally.class)));
    Set<String> withSideInput = new TreeSet<>();
    for (TransformHierarchy.Node node : primitives(job(2))) {
      if (node.getTransform() instanceof ParDo.MultiOutput<?, ?> parDo
          && !parDo.getSideInputs().isEmpty()) {
        withSideInput.add(node.getFullName().replaceFirst("/ParMultiDo.*", ""));
      }
    }
    assertEquals(
        Set.of(
            "Iteration 01/Sum clusters", "Iteration 02/Sum clusters", "Assign users/Assign slot"),
        withSideInput);
  }

  private static Set<String> normalized(Set<String> names) {
    Set<String> normalized = new TreeSet<>();
    names.forEach(
        name ->
            normalized.add(
                name.replaceFirst("State/.*", "State").replaceFirst("state/.*", "state")));
    return normalized;
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
    words.removeAll(OF_BEAM);
    assertEquals(
        Set.of(
            "Metadata",
            "FileRange",
            "RangeKey",
            "RangeBoundaries",
            "SettledRange",
            "StagedPiece",
            "IdBlock",
            "RangeResult",
            "InputTotals",
            "PassResult",
            "AssignmentResult"),
        words);
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
        if (!(node.getTransform() instanceof View.CreatePCollectionView)
            && !node.getFullName().startsWith("Read users/")) {
          node.getInputs().values().forEach(input -> consumers.merge(input, 1, Integer::sum));
        }
      }
      int most = consumers.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
      assertEquals(1, most, "consumers of one collection at " + iterations + " iterations");
    }
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
    for (String name :
        List.of(
            "Read users/Match files/Open file/",
            "Read users/Stage users/Read range/",
            "Read users/Match ids/",
            "Seed centroids/",
            "Iteration 01/Sum clusters/",
            "Iteration 02/State/",
            "Assign users/Assign slot/",
            "Publish results/")) {
      assertTrue(names.stream().anyMatch(each -> each.startsWith(name)), name + " in " + names);
    }
  }
}
