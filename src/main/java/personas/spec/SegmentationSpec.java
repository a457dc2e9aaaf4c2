package personas.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import personas.describe.DescribedColumn;
import personas.feature.CategoryLevel;
import personas.feature.Feature;
import personas.feature.TextSyntax;
import personas.feature.UserSchema;
import personas.math.Hashing;
import personas.persona.PersonaProfile;
import personas.spec.connection.BigQueryInput;
import personas.spec.connection.BigQueryTable;
import personas.spec.event.EventColumns;

/**
 * A segmentation as it was asked for, defaults filled in.
 *
 * @param name its name
 * @param description what it is for; may be empty
 * @param input where the users come from
 * @param output where the assignments go
 * @param features what is clustered
 * @param clustering how
 * @param personas what the clusters may be; may be empty
 * @param describe columns that are described and not clustered; may be empty
 * @param stickiness how much nearer another persona must be before a user changes; null if the
 *     nearest centroid always decides
 * @param privacy what the report says nothing about; null where nobody asks for a report
 */
public record SegmentationSpec(
    String name,
    String description,
    InputSpec input,
    @JsonInclude(JsonInclude.Include.NON_NULL) OutputSpec output,
    List<Feature> features,
    ClusteringSpec clustering,
    List<PersonaProfile> personas,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<DescribedColumn> describe,
    @JsonInclude(JsonInclude.Include.NON_NULL) Stickiness stickiness,
    @JsonInclude(JsonInclude.Include.NON_NULL) Privacy privacy)
    implements Serializable {
  // JSON, because its quotes keep apart what merely joined would read the same.
  private static final JsonMapper CANONICAL_JSON =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .build();

  public SegmentationSpec {
    features = List.copyOf(features);
    personas = List.copyOf(personas);
    describe = List.copyOf(describe);
  }

  /** A segmentation that describes no other columns and holds no user. */
  public SegmentationSpec(
      String name,
      String description,
      InputSpec input,
      OutputSpec output,
      List<Feature> features,
      ClusteringSpec clustering,
      List<PersonaProfile> personas) {
    this(
        name,
        description,
        input,
        output,
        features,
        clustering,
        personas,
        List.of(),
        null,
        Privacy.DEFAULT);
  }

  /** The same segmentation, which also keeps the candidates of k that it does not choose. */
  public SegmentationSpec keepingCandidates() {
    return new SegmentationSpec(
        name,
        description,
        input,
        output,
        features,
        clustering.keepingCandidates(),
        personas,
        describe,
        stickiness,
        privacy);
  }

  /** The categories whose levels the run has to count, in the order of the features. */
  public List<CategoryLevel.ToCount> levelsToCount() {
    return CategoryLevel.toCount(features);
  }

  /**
   * The segmentation of the job that counts levels. It accepts and rejects the same records, and
   * copies nothing but the columns of {@link #levelsToCount}.
   */
  public SegmentationSpec countingLevels() {
    InputSpec counted =
        new InputSpec(
            input.path(),
            input.source(),
            input.format(),
            input.id(),
            levelsToCount().stream().map(CategoryLevel::column).toList(),
            input.duplicates(),
            input.maxRejectedShare(),
            input.syntax(),
            input.aggregate(),
            input.weight());
    return new SegmentationSpec(
        name, description, counted, output, features, clustering, List.of());
  }

  /** Whether users come from BigQuery or assignments go there. */
  public boolean usesBigQuery() {
    return input.source() instanceof BigQueryInput
        || output.target(BigQueryTable.class).isPresent();
  }

  /**
   * The columns of users. The pass-through columns of the schema are {@link #copiedColumns}. A
   * table of users that was aggregated is written as programs write.
   */
  public UserSchema schema() {
    TextSyntax syntax = input.aggregate() == null ? input.textSyntax() : TextSyntax.DEFAULT;
    return new UserSchema(input.id(), features, copiedColumns(), syntax, input.weight());
  }

  /** The columns that are read from the input: those of users, or of events to aggregate. */
  public UserSchema inputSchema() {
    return input.aggregate() == null
        ? schema()
        : EventColumns.of(input.aggregate()).schema(input.id(), input.textSyntax());
  }

  /**
   * The columns whose texts the assigning step needs: first {@code input.passThrough}, which it
   * copies, then the other described columns.
   */
  public List<String> copiedColumns() {
    List<String> columns = new ArrayList<>(input.passThrough());
    describe.stream()
        .map(DescribedColumn::name)
        .filter(column -> !input.passThrough().contains(column))
        .forEach(columns::add);
    return columns;
  }

  /**
   * SHA-256, in hex, of what the segmentation means: defaults filled in, flags applied, the layout
   * of the YAML and the order of the keys of a profile left out, and so are {@code
   * input.maxRejectedShare}, the described columns, {@code privacy}, where the users come from and
   * where the assignments go: the same segmentation of other users has the same digest.
   */
  public String digest() {
    InputSpec anyInput =
        new InputSpec(
            null,
            null,
            input.textFormat(),
            input.id(),
            input.passThrough(),
            input.duplicates(),
            InputSpec.DEFAULT_MAX_REJECTED_SHARE,
            input.textSyntax().withoutDelimiter(),
            input.aggregate() == null ? null : input.aggregate().withoutAsOf(),
            input.weight());
    SegmentationSpec meaning =
        new SegmentationSpec(
            name,
            description,
            anyInput,
            null,
            features,
            clustering,
            personas,
            List.of(),
            stickiness,
            null);
    try {
      return Hashing.sha256(CANONICAL_JSON.writeValueAsBytes(meaning));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of numbers and text are JSON", e);
    }
  }

  /** The same segmentation with other places for the assignments. */
  public SegmentationSpec withOutput(OutputSpec otherOutput) {
    return new SegmentationSpec(
        name,
        description,
        input,
        otherOutput,
        features,
        clustering,
        personas,
        describe,
        stickiness,
        privacy);
  }

  /**
   * This segmentation with flags over it.
   *
   * @throws SpecException names each flag whose value is not allowed
   */
  public SegmentationSpec withOverrides(SpecOverrides overrides) throws SpecException {
    return overrides.applyTo(this);
  }
}
