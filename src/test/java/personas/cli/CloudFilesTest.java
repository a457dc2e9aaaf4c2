package personas.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.util.Data;
import com.google.api.services.dataflow.model.FlexTemplateRuntimeEnvironment;
import com.google.api.services.dataflow.model.LaunchFlexTemplateParameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Checks the files for Google Cloud without a cloud: Terraform, Workflows and Airflow. Their
 * requests to Dataflow are compared with the classes of its API and the metadata of the template.
 */
class CloudFilesTest {
  private static final Path FOLDER = Path.of("runners/dataflow");
  private static final Pattern DECLARED_IN_TERRAFORM =
      Pattern.compile("(?m)^(resource|variable) \"(\\w+)\"(?: \"(\\w+)\")?");
  private static final Pattern USED_IN_TERRAFORM =
      Pattern.compile("\\b(?:var\\.(\\w+)|(google_\\w+)\\.(\\w+))");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static List<Path> terraform() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve("terraform"))) {
      return files.filter(file -> file.toString().endsWith(".tf")).sorted().toList();
    }
  }

  private static String allTerraform() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path file : terraform()) {
      text.append(Files.readString(file));
    }
    return text.toString();
  }

  private static JsonNode yaml(String file) throws IOException {
    Load load = new Load(LoadSettings.builder().build());
    return JSON.valueToTree(load.loadFromString(Files.readString(FOLDER.resolve(file))));
  }

  private static Set<String> keys(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
  }

  @Test
  void eachFileThatMetNoCloudSaysSoInItsFirstLine() throws IOException {
    List<Path> files = new ArrayList<>(terraform());
    for (String name :
        List.of("workflow-weekly.yaml", "workflow-model-age.yaml", "airflow_dag.py")) {
      files.add(FOLDER.resolve(name));
    }
    assertEquals(8, files.size(), files.toString());
    for (Path file : files) {
      String first = Files.readAllLines(file).get(0);
      assertTrue(
          first.startsWith("# This file has not run on a real cloud. "), file + ": " + first);
    }
    // The first line of a script names its shell.
    for (String name : List.of("build-template", "launch-template")) {
      String second = Files.readAllLines(FOLDER.resolve(name)).get(1);
      assertTrue(
          second.startsWith("# This script has not run on a real cloud"), name + ": " + second);
    }
  }

  /** The keys are those of the API, the parameters those of the template. */
  private static void assertIsALaunch(JsonNode launch) throws IOException {
    LaunchFlexTemplateParameter request =
        GsonFactory.getDefaultInstance()
            .fromString(launch.toString(), LaunchFlexTemplateParameter.class);
    assertEquals(Set.of(), request.getUnknownKeys().keySet());
    FlexTemplateRuntimeEnvironment environment = request.getEnvironment();
    assertEquals(Set.of(), environment.getUnknownKeys().keySet());
    assertEquals("WORKER_IP_PRIVATE", environment.getIpConfiguration());
    var parameters = TemplateMetadataTest.parameters("batch");
    for (var each : request.getParameters().entrySet()) {
      assertTrue(parameters.containsKey(each.getKey()), each.toString());
      String value = each.getValue().replaceAll("\\{\\{.*?\\}\\}", "2026-11-30");
      assertTrue(TemplateMetadataTest.takes(parameters.get(each.getKey()), value), value);
    }
    assertTrue(request.getParameters().containsKey("output"), request.toString());
  }

  /** Runs the DAG with modules that stand for Airflow and print what the operator gets. */
  @Test
  void theDagLaunchesTheTemplate() throws Exception {
    String airflowStub =
        """
        import json, runpy, sys, types
        class Dag:
            def __init__(self, **options): pass
            def __enter__(self): return self
            def __exit__(self, *failure): pass
        names = "airflow.providers.google.cloud.operators.dataflow".split(".")
        for end in range(1, len(names) + 1):
            sys.modules[".".join(names[:end])] = types.ModuleType(names[end - 1])
        sys.modules["airflow"].DAG = Dag
        sys.modules[".".join(names)].DataflowStartFlexTemplateOperator = \\
            lambda **options: print(json.dumps(options))
        runpy.run_path(sys.argv[1])
        """;
    assumeTrue(isInstalled("python3"), "python3 is not installed");
    Result run = run("python3", "-c", airflowStub, FOLDER.resolve("airflow_dag.py").toString());
    assertEquals(0, run.code(), run.text());
    JsonNode operator = JSON.readTree(run.text());
    assertTrue(operator.path("wait_until_finished").asBoolean(), run.text());
    assertEquals(Set.of("launchParameter"), keys(operator.path("body")));
    assertIsALaunch(operator.path("body").path("launchParameter"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"workflow-weekly.yaml", "workflow-model-age.yaml"})
  void everyStepOfAWorkflowIsKnownAndCanBeReached(String file) throws IOException {
    List<String> names = new ArrayList<>();
    List<String> targets = new ArrayList<>(List.of("end"));
    for (JsonNode step : yaml(file).at("/main/steps")) {
      assertEquals(1, step.size(), step.toString());
      JsonNode body = step.iterator().next();
      names.addAll(keys(step));
      Set<String> known =
          Set.of("assign", "call", "args", "result", "switch", "next", "raise", "return");
      assertTrue(known.containsAll(keys(body)), step.toString());
      assertEquals(body.has("args"), body.has("call"), step.toString());
      body.findValues("next").forEach(next -> targets.add(next.asText()));
    }
    names.add("end");
    assertEquals(names.size(), new HashSet<>(names).size(), names.toString());
    assertTrue(names.containsAll(targets), targets + " of " + names);
  }

  @Test
  void theWorkflowLaunchesTheTemplate() throws IOException {
    JsonNode workflow = yaml("workflow-weekly.yaml");
    JsonNode launch = workflow.findValue("launchParameter").deepCopy();
    JsonNode environment = launch.path("environment");
    FlexTemplateRuntimeEnvironment request =
        GsonFactory.getDefaultInstance()
            .fromString(environment.toString(), FlexTemplateRuntimeEnvironment.class);
    assertEquals(Set.of(), request.getUnknownKeys().keySet());
    Set<String> parameters =
        new TreeSet<>(keys(workflow.at("/main/steps/0").findValue("parameters")));
    for (String name : List.of("previousModel", "previousAssignments")) {
      assertTrue(workflow.toString().contains("parameters[\\\"" + name + "\\\"]"), name);
      parameters.add(name);
    }
    assertTrue(TemplateMetadataTest.parameters("batch").keySet().containsAll(parameters));
    assertTrue(apiKeys(LaunchFlexTemplateParameter.class).containsAll(keys(launch)));
  }

  private static Set<String> apiKeys(Class<?> type) {
    return Data.isPrimitive(type)
        ? Set.of()
        : new TreeSet<>(com.google.api.client.util.ClassInfo.of(type).getNames());
  }

  /** The assigned names of the block that begins with a line. */
  private static Set<String> assigned(String terraform, String start) {
    String rest = terraform.substring(terraform.indexOf(start) + start.length());
    String block = Pattern.compile("\\n *\\}").split(rest, 2)[0];
    return Pattern.compile("(?m)^ +(\\w+) += ")
        .matcher(block)
        .results()
        .map(result -> result.group(1))
        .collect(Collectors.toSet());
  }

  @Test
  void theScheduleOfTerraformLaunchesTheTemplate() throws IOException {
    String text = allTerraform();
    Set<String> launch = assigned(text, "launchParameter = {");
    assertEquals(Set.of("jobName", "containerSpecGcsPath", "parameters", "environment"), launch);
    Set<String> environment =
        text.substring(text.indexOf("  environment = {"), text.indexOf("  } : key"))
            .lines()
            .skip(1)
            .map(line -> line.strip().split(" ", -1)[0])
            .collect(Collectors.toSet());
    assertTrue(environment.contains("kmsKeyName"), environment.toString());
    assertTrue(
        apiKeys(FlexTemplateRuntimeEnvironment.class).containsAll(environment),
        environment.toString());
    Set<String> stream = TemplateMetadataTest.parameters("streaming").keySet();
    Set<String> ofStream = assigned(text, "  parameters = {\n");
    assertTrue(stream.containsAll(ofStream), ofStream.toString());
    Set<String> batch = assigned(text, "  parameters = merge(\n    {\n");
    assertTrue(
        TemplateMetadataTest.parameters("batch").keySet().containsAll(batch), batch.toString());
  }

  @Test
  void terraformUsesWhatItDeclaresAndDeclaresWhatItUses() throws IOException {
    String text = allTerraform();
    Set<String> variables = new TreeSet<>();
    Set<String> resources = new TreeSet<>();
    DECLARED_IN_TERRAFORM
        .matcher(text)
        .results()
        .forEach(
            each -> {
              boolean isVariable = each.group(1).equals("variable");
              String name = isVariable ? each.group(2) : each.group(2) + "." + each.group(3);
              assertTrue((isVariable ? variables : resources).add(name), name + " is there twice");
            });
    Set<String> usedVariables = new TreeSet<>();
    for (MatchResult use : USED_IN_TERRAFORM.matcher(text).results().toList()) {
      if (use.group(1) != null) {
        usedVariables.add(use.group(1));
      } else {
        String resource = use.group(2) + "." + use.group(3);
        assertTrue(resources.contains(resource), resource);
      }
    }
    assertEquals(variables, usedVariables);
    assertTrue(
        resources.containsAll(
            List.of(
                "google_storage_bucket.templates",
                "google_cloud_scheduler_job.weekly",
                "google_dataflow_flex_template_job.stream",
                "google_monitoring_alert_policy.job_failed",
                "google_monitoring_alert_policy.model_age")),
        resources.toString());
  }

  /** No account may own the project or edit all of it. */
  @Test
  void theRolesAreNarrow() throws IOException {
    Set<String> roles =
        Pattern.compile("\"(roles/[\\w.]+)\"")
            .matcher(allTerraform())
            .results()
            .map(result -> result.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(roles.contains("roles/dataflow.worker"), roles.toString());
    assertFalse(
        roles.stream().anyMatch(role -> role.matches("roles/(owner|editor|.*\\.admin)")),
        roles.toString());
  }

  @Test
  void terraformIsFormatted() throws Exception {
    assumeTrue(isInstalled("terraform"), "terraform is not installed");
    Result run = run("terraform", "fmt", "-check", "-diff", FOLDER.resolve("terraform").toString());
    assertEquals(0, run.code(), run.text());
  }

  private record Result(int code, String text) {}

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static Result run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Result(process.waitFor(), text);
  }
}
