package personas.run.shard;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import personas.connector.storage.Folder;
import personas.connector.storage.SerializedFile;
import personas.feature.Feature;
import personas.feature.moments.FeatureHistogram;
import personas.feature.moments.HistogramBins;
import personas.model.NamedClusters;
import personas.model.TrainedUsers;
import personas.model.TrainingContext.FeatureContext;
import personas.model.assignment.AssignmentColumns;
import personas.model.assignment.AssignmentWriter;
import personas.model.assignment.AudienceNames;
import personas.model.assignment.AudienceRows;
import personas.model.assignment.DescribedFields;
import personas.model.assignment.PreviousPersonaColumns;
import personas.model.assignment.TypicalUsers;
import personas.model.compare.PreviousModel;
import personas.model.explain.ChangeRule;
import personas.model.explain.UserExplainer;
import personas.model.score.StickyUsers;
import personas.run.KnownModels;
import personas.run.RunPlan;
import personas.run.join.GoneUsers;
import personas.run.state.AssignedUsers;
import personas.run.state.Manifest;
import personas.run.state.ShardReference;
import personas.run.state.StagedFiles.GoneFile;
import personas.run.state.StagedFiles.RejectedFile;
import personas.run.state.TrainingState;
import personas.table.TableFormat;

/**
 * Assigns the users of one slot to clusters. The class writes the assignments, the lists of the
 * users of each persona, and the rejected records of the slot to the staging folder.
 */
public final class SlotAssigner {
  private final RunPlan plan;
  private final TrainingState state;
  private final Manifest manifest;
  private final NamedClusters clusters;
  private final AssignmentColumns columns;
  private final int slots;
  private final RecordPlaces places;
  private final List<String> files = new ArrayList<>();

  /**
   * Prepares to assign users.
   *
   * @param plan the plan of the run
   * @param state the state at the end of the iteration
   */
  public SlotAssigner(RunPlan plan, TrainingState state) throws IOException {
    this.plan = plan;
    this.state = state;
    this.manifest = state.manifest();
    this.clusters = state.namedClusters(plan);
    this.columns = AssignmentColumns.of(plan.spec(), plan.explains(), plan.looksUpPreviousUsers());
    this.slots = plan.tuning().slots();
    this.places =
        plan.spec().input().id() == null ? RecordPlaces.of(manifest.files()) : RecordPlaces.NONE;
  }

  /**
   * Assigns the users of a slot and writes its files.
   *
   * @param slot the number of the slot, from 0
   * @return the sums over the users of the slot, and the written files
   */
  public AssignedUsers assign(int slot) throws IOException {
    HistogramBins bins = binsOrNull();
    FeatureHistogram counts = bins == null ? null : new FeatureHistogram(bins);
    PreviousPersonaColumns previous = previousPersonasOrNull();
    DescribedFields described = describedOrNull();
    StickyUsers sticky = stickyUsersOrNull();
    TypicalUsers typical = plan.isScore() ? null : new TypicalUsers(clusters.ids().size());
    AssignmentWriter writer =
        new AssignmentWriter(
            clusters, manifest.standardizer(), state.lloyd().spread(), counts, previous);
    writer.describe(described);
    writer.hold(sticky);
    if (plan.isScore()) {
      writer.useOutlierEdges(plan.models().scoringModel().outlierEdges());
    }
    writer.explain(plan.explains() ? explainer(counts) : null);
    writer.collectTypicalUsers(typical);
    write(writer, slot);
    return new AssignedUsers(
        new AssignedUsers.ClusterSums(writer.totals(), writer.metricSums(), counts),
        described == null ? null : described.users(),
        typical,
        new AssignedUsers.PersonaChanges(
            previous == null ? null : previous.counts(), sticky == null ? null : sticky.totals()),
        List.copyOf(files));
  }

  private void write(AssignmentWriter writer, int slot) throws IOException {
    try (AudienceRows audiences = audiencesOrNull(slot)) {
      writer.listAudiences(audiences);
      writeAssignments(writer, slot);
      for (GoneFile gone : manifest.goneFilesOf(slot, slots)) {
        GoneUsers.read(gone.path(), audiences::addAbsent);
      }
    }
    copyRejected(slot);
  }

  private PreviousPersonaColumns previousPersonasOrNull() {
    return plan.looksUpPreviousUsers()
        ? new PreviousPersonaColumns(
            plan.models().previous().model(),
            manifest.previousUsers(),
            plan.spec().schema(),
            clusters.ids())
        : null;
  }

  private DescribedFields describedOrNull() {
    return plan.spec().describe().isEmpty()
        ? null
        : new DescribedFields(plan.spec(), clusters.ids().size());
  }

  private StickyUsers stickyUsersOrNull() {
    KnownModels.PreviousRun previous = plan.models().previousRun();
    return previous.margin() == null
        ? null
        : new StickyUsers(
            previous.margin().margin(),
            clusters.centroids(),
            clusters.ids(),
            previous.model().model().clusters());
  }

  private UserExplainer explainer(FeatureHistogram counts) {
    if (plan.isScore()) {
      return plan.models().scoringModel().explainer();
    }
    List<Feature> features = manifest.standardizer().schema().features();
    return new UserExplainer(
        manifest.standardizer(),
        clusters.centroids(),
        ChangeRule.of(
            features, IntStream.range(0, features.size()).mapToObj(counts::points).toList()));
  }

  private AudienceRows audiencesOrNull(int slot) throws IOException {
    if (plan.spec().output().audiences() == null) {
      return null;
    }
    AudienceNames names =
        AudienceNames.of(
            clusters, plan.looksUpPreviousUsers() ? plan.models().previous().model() : null);
    return new AudienceRows(plan.spec(), names, slot == 0, new AudienceFiles(slot));
  }

  /** Creates the files of the persona lists of one slot. */
  private final class AudienceFiles implements AudienceRows.Output {
    private final int slot;

    AudienceFiles(int slot) {
      this.slot = slot;
    }

    @Override
    public OutputStream open(String name) throws IOException {
      return create(name, TableFormat.CSV);
    }

    @Override
    public OutputStream openTable() throws IOException {
      AssignmentColumns table = AssignmentColumns.ofAudiences(plan.spec());
      return table.writer(create(table.content(), table.format()));
    }

    private OutputStream create(String name, TableFormat format) throws IOException {
      String file = newFile(name, slot, format);
      files.add(file);
      return Folder.create(file);
    }
  }

  /**
   * Returns the bins of the histograms of raw values; null for a score if the model has no bins.
   */
  private HistogramBins binsOrNull() throws IOException {
    if (plan.isScore()) {
      TrainedUsers trained = plan.models().scoringModel().trainedUsersOrNull();
      return trained == null ? null : trained.bins();
    }
    HistogramBins bins = SerializedFile.load(manifest.training().bins(), HistogramBins.class);
    PreviousModel previous = plan.models().previous();
    return previous == null || previous.model().training() == null
        ? bins
        : bins.withEarlierPoints(
            previous.model().training().features().stream()
                .map(FeatureContext::pointsOfNextRun)
                .toList());
  }

  private void writeAssignments(AssignmentWriter writer, int slot) throws IOException {
    List<ShardReference> shards = manifest.shardsOf(slot, slots);
    if (shards.isEmpty()) {
      return;
    }
    String file = newFile(columns.content(), slot, columns.format());
    try (OutputStream out = columns.writer(Folder.create(file))) {
      for (ShardReference shard : shards) {
        writer.write(places.named(shard), ShardFiles.previousCodes(shard), out);
      }
    }
    files.add(file);
  }

  private void copyRejected(int slot) throws IOException {
    List<RejectedFile> staged = manifest.rejectedFilesOf(slot, slots);
    if (staged.isEmpty() && slot > 0) {
      return;
    }
    // The first slot always writes a file, so that the pattern rejected-*.csv always matches.
    String file = newFile("rejected", slot, TableFormat.CSV);
    try (OutputStream out = Folder.create(file)) {
      out.write((places.rejectedHeader() + "\n").getBytes(StandardCharsets.UTF_8));
      for (RejectedFile rejected : staged) {
        places.copyRejected(rejected, out);
      }
    }
    files.add(file);
  }

  /**
   * Returns the path of a file in a new folder, so that an attempt does not overwrite the file of
   * another attempt.
   */
  private String newFile(String kind, int slot, TableFormat format) {
    return plan.folders()
        .publishFolder()
        .sub("tries")
        .sub(UUID.randomUUID().toString())
        .file(String.format(Locale.ROOT, "%s-%05d%s", kind, slot, format.ending()));
  }
}
