package personas.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.spec.FlinkVersion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import personas.cli.console.Help;
import personas.cli.option.SegmentOptions;

/**
 * Checks the files for the Flink Kubernetes Operator with the classes and the schemas of the
 * operator and of Kubernetes. The script of the schedule runs with a fake kubectl.
 */
class KubernetesFilesTest {
  private static final Path DEPLOYMENT = Path.of("runners/flink/flink-deployment.yaml");
  private static final Path SCHEDULE = Path.of("runners/flink/cron-job.yaml");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  @TempDir Path folder;

  private static List<JsonNode> documents(String yaml) {
    List<JsonNode> all = new ArrayList<>();
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(10_000_000).build();
    new Load(settings)
        .loadAllFromString(yaml)
        .forEach(each -> all.add(JSON.<JsonNode>valueToTree(each)));
    return all;
  }

  private static FlinkDeployment deployment() throws IOException {
    return JSON.treeToValue(documents(Files.readString(DEPLOYMENT)).get(0), FlinkDeployment.class);
  }

  /** The schema that the operator installs in a cluster. */
  private static JsonNode operatorSchema() throws IOException {
    String resource = "META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";
    try (InputStream in = FlinkDeployment.class.getClassLoader().getResourceAsStream(resource)) {
      assertNotNull(in, resource);
      return documents(new String(in.readAllBytes(), UTF_8))
          .get(0)
          .at("/spec/versions/0/schema/openAPIV3Schema");
    }
  }

  /** Adds the path of each field that the schema does not know. */
  private static void addUnknownFields(
      JsonNode value, JsonNode schema, String path, List<String> unknown) {
    if (value.isArray()) {
      value.forEach(each -> addUnknownFields(each, schema.path("items"), path + "[]", unknown));
    }
    if (!value.isObject() || schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
      return;
    }
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      String name = path + "." + field.getKey();
      JsonNode known = schema.path("properties").path(field.getKey());
      if (known.isMissingNode()) {
        known = schema.path("additionalProperties");
      }
      if (known.isMissingNode()) {
        unknown.add(name);
      } else {
        addUnknownFields(field.getValue(), known, name, unknown);
      }
    }
  }

  @Test
  void theSchemaOfTheOperatorKnowsEveryFieldOfTheDeployment() throws IOException {
    JsonNode spec = documents(Files.readString(DEPLOYMENT)).get(0).path("spec");
    JsonNode schema = operatorSchema().at("/properties/spec");
    List<String> unknown = new ArrayList<>();
    addUnknownFields(spec, schema, "spec", unknown);
    assertEquals(List.of(), unknown);
    // The name of the newer operators' field, which this one does not know.
    JsonNode newer = JSON.readTree("{\"jobManager\": {\"resources\": {}}}");
    addUnknownFields(newer, schema, "spec", unknown);
    assertEquals(List.of("spec.jobManager.resources"), unknown);
  }

  @Test
  void theOperatorReadsTheDeployment() throws IOException {
    var spec = deployment().getSpec();
    assertEquals(FlinkVersion.v1_20, spec.getFlinkVersion());
    assertEquals("2048m", spec.getJobManager().getResource().getMemory());
    assertEquals("4096m", spec.getTaskManager().getResource().getMemory());
    assertTrue(spec.getPodTemplate().getSpec().getSecurityContext().getRunAsNonRoot());
    Map<String, String> configuration = spec.getFlinkConfiguration();
    assertEquals("true", configuration.get("execution.attached"));
    assertEquals("false", configuration.get("execution.shutdown-on-application-finish"));
  }

  @Test
  void theProgramTakesTheArgumentsOfTheDeployment() throws IOException {
    var job = deployment().getSpec().getJob();
    assertEquals(Main.class.getName(), job.getEntryClass());
    assertEquals("segment", job.getArgs()[0]);
    Set<String> flags = Help.flags(SegmentOptions.class).keySet();
    for (String arg : List.of(job.getArgs()).subList(1, job.getArgs().length)) {
      String flag = arg.substring(2, arg.indexOf('='));
      assertTrue(flag.equals("runner") || flags.contains(flag), arg);
    }
  }

  /** The operator gives each job of an application the same id, so there must be no second job. */
  @Test
  void theRunOfTheDeploymentFitsIntoOneJob() throws IOException {
    List<String> args = List.of(deployment().getSpec().getJob().getArgs());
    List<String> passes =
        args.stream()
            .filter(arg -> arg.matches("--(iterationsPerJob|maxIterations)=.*"))
            .map(arg -> arg.substring(arg.indexOf('=') + 1))
            .toList();
    assertEquals(2, passes.size(), args.toString());
    assertEquals(passes.get(0), passes.get(1));
  }

  @Test
  void kubernetesReadsTheSchedule() throws IOException {
    List<JsonNode> all = documents(Files.readString(SCHEDULE));
    String account = JSON.treeToValue(all.get(0), ServiceAccount.class).getMetadata().getName();
    Role role = JSON.treeToValue(all.get(1), Role.class);
    RoleBinding binding = JSON.treeToValue(all.get(2), RoleBinding.class);
    assertEquals(role.getMetadata().getName(), binding.getRoleRef().getName());
    assertEquals(account, binding.getSubjects().get(0).getName());
    CronJob schedule = JSON.treeToValue(all.get(3), CronJob.class);
    var job = schedule.getSpec().getJobTemplate().getSpec();
    assertEquals(account, job.getTemplate().getSpec().getServiceAccountName());
    assertEquals("Forbid", schedule.getSpec().getConcurrencyPolicy());
    assertEquals(0, job.getBackoffLimit());
    String image = job.getTemplate().getSpec().getContainers().get(0).getImage();
    assertFalse(image.contains("bitnami") || image.endsWith(":latest"), image);
  }

  // The script of the schedule. The folder holds the state of the cluster: a file "state" per
  // deployment, and in "next" the states that it goes through from look to look.

  @BeforeEach
  void playACluster() throws IOException {
    script(
        "kubectl",
        """
        echo "$*" >> calls
        case "$*" in
          "get "*"-o name") [ ! -f state ] || echo flinkdeployment.flink.apache.org/beam-personas ;;
          "get "*jobStatus.state*)
            if [ -s next ]; then head -n 1 next > state && sed -i 1d next; fi
            cat state ;;
          "get "*.status.error*) echo "the input is missing" ;;
          "get "*lifecycleState*) [ ! -f lifecycle ] || cat lifecycle ;;
          "delete "*) rm state ;;
          "create "*) echo RECONCILING > state ;;
          *) exit 9 ;;
        esac
        """);
    script("sleep", "");
  }

  private void script(String name, String text) throws IOException {
    Path file = Files.createDirectories(folder.resolve("bin")).resolve(name);
    Files.writeString(file, "#!/bin/sh -eu\n" + text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private record Outcome(int code, String text, List<String> calls) {
    boolean called(String verb) {
      return calls.stream().anyMatch(call -> call.startsWith(verb + " "));
    }
  }

  private Outcome runSchedule() throws IOException, InterruptedException {
    CronJob schedule =
        JSON.treeToValue(documents(Files.readString(SCHEDULE)).get(3), CronJob.class);
    var container =
        schedule
            .getSpec()
            .getJobTemplate()
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .get(0);
    List<String> command = new ArrayList<>(container.getCommand());
    command.addAll(container.getArgs());
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Outcome(process.waitFor(), text, Files.readAllLines(folder.resolve("calls")));
  }

  @Test
  void theScheduleWaitsForTheEndAndRemovesAFinishedRun() throws Exception {
    Files.writeString(folder.resolve("next"), "RECONCILING\nRUNNING\nRUNNING\nFINISHED\n");
    Outcome outcome = runSchedule();
    assertEquals(0, outcome.code(), outcome.text());
    assertFalse(Files.exists(folder.resolve("state")));
  }

  @Test
  void theScheduleReportsAFailureAndKeepsTheFailedRunToBeLookedAt() throws Exception {
    Files.writeString(folder.resolve("next"), "RUNNING\nFAILED\n");
    Outcome outcome = runSchedule();
    assertEquals(1, outcome.code(), outcome.text());
    assertTrue(outcome.text().contains("FAILED: the input is missing"), outcome.text());
    assertFalse(outcome.called("delete"), outcome.calls().toString());
  }

  @Test
  void theScheduleReportsARunThatCannotStart() throws Exception {
    Files.writeString(folder.resolve("lifecycle"), "FAILED");
    Outcome outcome = runSchedule();
    assertEquals(1, outcome.code(), outcome.text());
    assertTrue(outcome.text().contains("could not start"), outcome.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"RUNNING", "RECONCILING", "INITIALIZING", "SUSPENDED", ""})
  void theScheduleDoesNotTouchARunThatHasNotEnded(String state) throws Exception {
    Files.writeString(folder.resolve("state"), state);
    Outcome outcome = runSchedule();
    assertEquals(1, outcome.code(), outcome.text());
    assertTrue(outcome.text().contains("'" + state + "'"), outcome.text());
    assertFalse(outcome.called("delete"), outcome.calls().toString());
    assertFalse(outcome.called("create"), outcome.calls().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"FINISHED", "FAILED", "CANCELED"})
  void theScheduleReplacesARunThatHasEnded(String state) throws Exception {
    Files.writeString(folder.resolve("state"), state);
    // The first look is at the previous run.
    Files.writeString(folder.resolve("next"), state + "\nRUNNING\nFINISHED\n");
    Outcome outcome = runSchedule();
    assertEquals(0, outcome.code(), outcome.text());
    assertTrue(outcome.called("create"), outcome.calls().toString());
  }

  @Test
  void theRoleAllowsWhatTheScriptDoesAndNoMore() throws Exception {
    Files.writeString(folder.resolve("state"), "FINISHED");
    Files.writeString(folder.resolve("next"), "FINISHED\nRUNNING\nFINISHED\n");
    Set<String> verbs = new TreeSet<>();
    for (String call : runSchedule().calls()) {
      verbs.add(call.substring(0, call.indexOf(' ')));
    }
    // "kubectl delete --wait" does these two as well.
    verbs.addAll(Set.of("list", "watch"));
    Role role = JSON.treeToValue(documents(Files.readString(SCHEDULE)).get(1), Role.class);
    assertEquals(1, role.getRules().size());
    PolicyRule rule = role.getRules().get(0);
    assertEquals(verbs, new TreeSet<>(rule.getVerbs()));
    assertEquals(List.of("flink.apache.org"), rule.getApiGroups());
    assertEquals(List.of("flinkdeployments"), rule.getResources());
  }
}
