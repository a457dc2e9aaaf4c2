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
import personas.spec.event.EventColumns;

/**
 * A segmentation as a spec and the flags define it, with the defaults filled in.
 *
 * @param name the name of the segmentation
 * @param description what the segmentation is for; may be empty
 * @param input where the users come from
 * @param output where the assignments go
 * @param features the features that are clustered
 * @param clustering how the users are clustered
 * @param personas the declared personas that clusters are matched to; may be empty
 * @param describe columns that are described and not clustered; may be empty
 * @param stickiness how much nearer another persona must be before a user changes persona; null if
 *     the nearest centroid always decides
 * @param privacy which groups are too small for the report; null if no report is written
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
  // The digest is computed from JSON, because quotes mark where a text begins and ends.
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

  /**
   * Returns this segmentation with a model that also keeps the candidates for k that are not
   * chosen.
   */
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

  /** Returns the categories whose levels the run has to count, in the order of the features. */
  public List<CategoryLevel.ToCount> levelsToCount() {
    return CategoryLevel.toCount(features);
  }

  /**
   * Returns the segmentation of the job that counts levels. The job accepts and rejects the same
   * records as this segmentation, and copies only the columns of {@link #levelsToCount}.
   */
  public SegmentationSpec countingLevels() {
    InputSpec countingInput =
        new InputSpec(
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
        name,
        description,
        countingInput,
        output,
        features,
        clustering,
        List.of(),
        List.of(),
        null,
        Privacy.DEFAULT);
  }

  /**
   * Returns the columns of users. The pass-through columns of the schema are {@link
   * #copiedColumns}. A table of users that the run aggregated from events has the default syntax.
   */
  public UserSchema schema() {
    TextSyntax syntax = input.aggregate() == null ? input.textSyntax() : TextSyntax.DEFAULT;
    return new UserSchema(input.id(), features, copiedColumns(), syntax, input.weight());
  }

  /**
   * Returns the columns that are read from the input: columns of users, or of events to aggregate.
   */
  public UserSchema inputSchema() {
    return input.aggregate() == null
        ? schema()
        : EventColumns.of(input.aggregate()).schema(input.id(), input.textSyntax());
  }

  /**
   * Returns the columns whose texts the assigning step needs: first the columns of {@code
   * input.passThrough}, then the other described columns.
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
   * Returns the SHA-256 digest, in hex, of the meaning of the segmentation, with defaults and flags
   * applied. The same segmentation of other users has the same digest.
   *
   * <p>The digest does not depend on the layout of the YAML, the order of the keys of a profile,
   * {@code input.maxRejectedShare}, the described columns, {@code privacy}, the source of the users
   * or the targets of the assignments.
   */
  public String digest() {
    InputSpec anyInput =
        new InputSpec(
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
      throw new IllegalStateException("a spec must be writable as JSON", e);
    }
  }

  /** Returns this segmentation with another output. */
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
   * Returns this segmentation with the values of flags.
   *
   * @throws SpecException if the value of a flag is not allowed; the message names each such flag
   */
  public SegmentationSpec withOverrides(SpecOverrides overrides) throws SpecException {
    return overrides.applyTo(this);
  }
}
