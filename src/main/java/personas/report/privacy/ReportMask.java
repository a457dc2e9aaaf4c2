package personas.report.privacy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import personas.confidence.Interval;
import personas.feature.ValueLimits;
import personas.kmeans.metric.ClusterMetrics;
import personas.kmeans.selection.SegmentTree;
import personas.model.KSelection;
import personas.model.Model;
import personas.model.StickinessPrice;
import personas.report.data.KComparison;
import personas.report.data.ReportData.AtypicalPersona;
import personas.report.data.ReportData.Example;
import personas.report.data.ReportData.Feature;
import personas.report.data.ReportData.FoundUsers;
import personas.report.data.ReportData.Imputed;
import personas.report.data.ReportData.Intervals;
import personas.report.data.ReportData.Ledger;
import personas.report.data.ReportData.Pass;
import personas.report.data.ReportData.Persona;
import personas.report.data.ReportData.PrivacyNote;
import personas.report.data.ReportData.Reason;
import personas.report.data.ReportData.RuleSet;
import personas.report.data.ReportData.Warning;
import personas.report.data.ReportInput;
import personas.spec.Privacy;
import personas.table.ledger.RejectedColumn;

/**
 * Hides small groups in the parts of a report. With {@code privacy: off}, every part stays as it
 * is.
 */
public final class ReportMask {
  /** The reason that replaces all reasons with few records. */
  private static final String OTHER_REASONS = "other_reasons";

  private final Model model;
  private final Privacy privacy;
  private final SmallGroups smallGroups;
  private final HiddenFigures hidden;

  /** Creates the mask for the report of a model. */
  public ReportMask(Model model, Privacy privacy) {
    this.model = model;
    this.privacy = privacy;
    this.smallGroups = new SmallGroups(privacy.minGroup());
    this.hidden = new HiddenFigures(model, privacy);
  }

  /** Returns the model of the report; nothing is hidden in it. */
  public Model model() {
    return model;
  }

  /** Returns the input with the drift and the description as the report shows them. */
  public ReportInput input(ReportInput input) {
    return new ReportInput(
        input.model(),
        input.personas(),
        input.sample(),
        new ReportInput.Context(
            input.context().rejected(),
            DriftMask.of(model, input.context().drift(), privacy),
            DescriptionMask.of(input.context().described(), model.ledger().users(), privacy)),
        input.settings());
  }

  /** Returns the hidden figures of the features. */
  public HiddenFigures hidden() {
    return hidden;
  }

  /** Returns the note for the reader; null with {@code privacy: off}. */
  public PrivacyNote note() {
    return privacy.isOff()
        ? null
        : new PrivacyNote(
            privacy.minGroup(),
            ValueGrid.CELLS,
            String.format(
                Locale.ROOT,
                "This report does not show values of single users or figures of fewer than %,d users. A mark"
                    + " lies in the middle of one of %d even cells of the axis, and so does a median that"
                    + " is one user's value. A value that at least %,d sampled users share is exact. An"
                    + " axis leaves out the %,d smallest and the %,d largest values; marks of these values"
                    + " lie at the ends.",
                privacy.minGroup(),
                ValueGrid.CELLS,
                privacy.minGroup(),
                privacy.minGroup() - 1,
                privacy.minGroup() - 1));
  }

  /** Returns the feature without means and shares of few users. */
  public Feature feature(int f, Feature feature) {
    boolean hides = hidden.hidesMean(f);
    return new Feature(
        feature.name(),
        feature.label(),
        feature.transform(),
        feature.constant(),
        hidden.hidesMissing(f) ? null : feature.missing(),
        hides ? null : (Double) hidden.rounded(f, feature.mean()),
        hides ? null : feature.median(),
        hides ? null : feature.sigma(),
        feature.explained(),
        feature.linear(),
        feature.log(),
        feature.skewed(),
        feature.discrete(),
        feature.level(),
        feature.unit());
  }

  /**
   * Returns the persona without figures of few users. A persona of few users keeps only its id, its
   * strategy and a declared name.
   */
  public Persona persona(int personaIndex, Persona persona) {
    if (hidden.isHidden(personaIndex)) {
      return hiddenPersona(persona);
    }
    boolean showsNeighbor =
        persona.neighbor() != null && !hidden.isHidden(persona.neighbor().persona());
    return new Persona(
        persona.id(),
        persona.name(),
        persona.declared(),
        persona.users(),
        persona.share(),
        persona.summary(),
        persona.strategy(),
        rounded(personaIndex, persona.z()),
        missingWithoutHidden(personaIndex, persona.missing()),
        rounded(personaIndex, persona.mean()),
        rounded(personaIndex, persona.index()),
        withoutHidden(personaIndex, persona.median()),
        withoutHidden(personaIndex, persona.sigma()),
        persona.setsApart(),
        showsNeighbor ? persona.neighbor() : null,
        persona.fit(),
        persona.runnerUp(),
        persona.silhouette(),
        persona.stability(),
        persona.rule(),
        rounded(personaIndex, persona.intervals()));
  }

  private <T> List<T> missingWithoutHidden(int personaIndex, List<T> figures) {
    return IntStream.range(0, figures.size())
        .mapToObj(f -> hidden.hidesMissing(personaIndex, f) ? null : figures.get(f))
        .toList();
  }

  private Intervals rounded(int personaIndex, Intervals intervals) {
    return new Intervals(
        intervals.share(),
        intervals.stability(),
        roundedIntervals(personaIndex, intervals.differences()));
  }

  private List<Interval> roundedIntervals(int personaIndex, List<Interval> intervals) {
    List<Interval> masked = new ArrayList<>();
    for (int f = 0; f < intervals.size(); f++) {
      Interval interval = hidden.hidesMean(personaIndex, f) ? null : intervals.get(f);
      masked.add(
          interval == null
              ? null
              : new Interval(
                  hidden.rounded(f, interval.low()), hidden.rounded(f, interval.high())));
    }
    return Collections.unmodifiableList(masked);
  }

  /** Returns the rules without coverage and precision for few users. */
  public RuleSet rules(RuleSet rules) {
    if (rules == null || privacy.isOff()) {
      return rules;
    }
    List<FoundUsers> masked = new ArrayList<>();
    for (int personaIndex = 0; personaIndex < rules.personas().size(); personaIndex++) {
      FoundUsers users = rules.personas().get(personaIndex);
      boolean hides = hidden.isHidden(personaIndex) || smallGroups.isSmall(users.users());
      masked.add(hides ? new FoundUsers(null, null, null) : users);
    }
    return new RuleSet(
        rules.depth(),
        rules.trainingUsers(),
        rules.heldOutUsers(),
        rules.accuracy(),
        rules.largestShare(),
        rules.rules(),
        masked,
        rules.dialect(),
        rules.sql());
  }

  private Persona hiddenPersona(Persona persona) {
    List<Double> noFigures = Collections.nCopies(model.features().size(), null);
    return new Persona(
        persona.id(),
        persona.declared() ? persona.name() : hiddenName(persona.id()),
        persona.declared(),
        null,
        null,
        String.format(
            Locale.ROOT, "Fewer than %,d users: privacy hides the figures.", privacy.minGroup()),
        persona.strategy(),
        noFigures,
        noFigures,
        noFigures,
        noFigures,
        noFigures,
        noFigures,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        new Intervals(null, null, Collections.nCopies(model.features().size(), null)));
  }

  static String hiddenName(int id) {
    return "Persona " + id;
  }

  private List<Double> withoutHidden(int personaIndex, List<Double> figures) {
    return IntStream.range(0, figures.size())
        .mapToObj(f -> hidden.hidesMean(personaIndex, f) ? null : figures.get(f))
        .toList();
  }

  private List<Double> rounded(int personaIndex, List<Double> figures) {
    List<Double> masked = new ArrayList<>(withoutHidden(personaIndex, figures));
    for (int f = 0; f < masked.size(); f++) {
      masked.set(f, masked.get(f) == null ? null : (Double) hidden.rounded(f, masked.get(f)));
    }
    return Collections.unmodifiableList(masked);
  }

  /**
   * Returns the ledger with masked examples. One reason without examples replaces all reasons with
   * few records.
   */
  public Ledger ledger(Ledger ledger) {
    if (privacy.isOff()) {
      return ledger;
    }
    List<Reason> reasons = new ArrayList<>();
    long otherRecords = 0;
    for (Reason reason : ledger.reasons()) {
      if (smallGroups.isSmall(reason.records())) {
        otherRecords += reason.records();
      } else {
        reasons.add(reason);
      }
    }
    List<String> shownReasons = reasons.stream().map(Reason::reason).toList();
    if (otherRecords > 0) {
      reasons.add(new Reason(OTHER_REASONS, smallGroups.countOrNull(otherRecords)));
    }
    return new Ledger(
        ledger.read(),
        ledger.assigned(),
        ledger.rejected(),
        List.copyOf(reasons),
        ledger.imputed().stream()
            .filter(imputed -> !smallGroups.isSmall(imputed.values()))
            .map(this::imputed)
            .toList(),
        ledger.examples().stream()
            .filter(example -> shownReasons.contains(example.reason()))
            .map(ReportMask::masked)
            .toList());
  }

  private Imputed imputed(Imputed imputed) {
    return new Imputed(
        imputed.feature(),
        imputed.values(),
        hidden.hidesMean(imputed.feature()) ? null : imputed.imputedValue());
  }

  private static Example masked(Example example) {
    return new Example(example.reason(), example.field(), TextMask.of(example.record()));
  }

  /** Returns the ledger of a model without counts of few users and with masked examples. */
  public Model.Ledger ledger(Model.Ledger ledger) {
    if (privacy.isOff()) {
      return ledger;
    }
    Map<String, Long> imputed = new LinkedHashMap<>(ledger.imputed());
    imputed.values().removeIf(smallGroups::isSmall);
    return new Model.Ledger(
        ledger.read(),
        ledger.assigned(),
        ledger.rejected(),
        imputed,
        ledger.recognized(),
        ledger.concentrated() == null
            ? null
            : ledger.concentrated().stream()
                .filter(column -> !smallGroups.isSmall(column.records()))
                .map(ReportMask::masked)
                .toList(),
        ledger.weighted());
  }

  private static RejectedColumn masked(RejectedColumn column) {
    return new RejectedColumn(
        column.reason(),
        column.column(),
        column.records(),
        TextMask.of(column.value()),
        column.source(),
        column.position(),
        column.isRow());
  }

  /** Returns the warnings without the limits at which values are capped. */
  public List<Warning> warnings(List<Warning> warnings) {
    return privacy.isOff()
        ? warnings
        : warnings.stream()
            .map(
                warning ->
                    warning.text().startsWith(Model.NOTE_OF_LIMITS)
                        ? new Warning(warning.kind(), noteOfLimits(), warning.serious())
                        : warning)
            .toList();
  }

  private String noteOfLimits() {
    return Model.NOTE_OF_LIMITS
        + model.features().stream()
            .filter(feature -> feature.limits() != null)
            .map(feature -> feature.name() + sides(feature.limits()))
            .collect(Collectors.joining(", "));
  }

  private String sides(ValueLimits limits) {
    List<String> sides = new ArrayList<>();
    if (limits.below() > 0) {
      sides.add(users(limits.below()) + " below");
    }
    if (limits.above() > 0) {
      sides.add(users(limits.above()) + " above");
    }
    return " (" + String.join(", ", sides) + ")";
  }

  private String users(long users) {
    return smallGroups.isSmall(users)
        ? "a few users"
        : String.format(Locale.ROOT, "%,d users", users);
  }

  /** Returns the pass without the number of changed users if it is small. */
  public Pass pass(Pass pass) {
    return pass.changed() == null || !smallGroups.isSmall(pass.changed())
        ? pass
        : new Pass(pass.iteration(), pass.inertia(), pass.largestShift(), null);
  }

  /** Returns the comparison without shares, segments and flows of few users. */
  public KComparison choice(KComparison choice) {
    return new KComparison(
        choice.chosen(),
        choice.answer(),
        choice.meaning(),
        choice.reason(),
        choice.stabilityLimit(),
        choice.metrics(),
        choice.candidates().stream().map(this::candidate).toList(),
        choice.tree() == null || privacy.isOff() ? choice.tree() : tree(choice.tree()));
  }

  private SegmentTree tree(SegmentTree tree) {
    return new SegmentTree(
        tree.users(), tree.whole(), tree.levels().stream().map(this::level).toList());
  }

  private SegmentTree.Level level(SegmentTree.Level level) {
    return new SegmentTree.Level(
        level.k(),
        level.ids(),
        level.users().stream().map(users -> smallGroups.isSmall(users) ? null : users).toList(),
        level.agreement(),
        level.from() == null ? null : cells(level.from()));
  }

  /** Hides flows of few users, and further flows if a hidden flow would follow from a total. */
  private List<List<Integer>> cells(List<List<Integer>> from) {
    long[][] table =
        from.stream()
            .map(row -> row.stream().mapToLong(Integer::longValue).toArray())
            .toArray(long[][]::new);
    boolean[][] hides = smallGroups.hidden(table);
    List<List<Integer>> masked = new ArrayList<>();
    for (int i = 0; i < table.length; i++) {
      int row = i;
      masked.add(
          IntStream.range(0, table[i].length)
              .mapToObj(j -> hides[row][j] ? null : from.get(row).get(j))
              .toList());
    }
    return masked;
  }

  private KSelection.Row candidate(KSelection.Row candidate) {
    Double smallest = candidate.figure(ClusterMetrics.SMALLEST_SHARE);
    return smallest != null && smallGroups.isSmall(Math.round(smallest * model.ledger().users()))
        ? candidate.without(ClusterMetrics.SMALLEST_SHARE)
        : candidate;
  }

  /** Returns the outliers of a persona; figures of few users are null. */
  public AtypicalPersona atypical(int personaIndex, AtypicalPersona persona) {
    if (hidden.isHidden(personaIndex)) {
      return new AtypicalPersona(null, null, null);
    }
    return smallGroups.isSmall(persona.users())
        ? new AtypicalPersona(persona.edge(), null, null)
        : persona;
  }

  /** Returns the price of holding users; null if few users are held. */
  public StickinessPrice stickiness(StickinessPrice price) {
    return price == null || smallGroups.isSmall(price.heldUsers()) ? null : price;
  }
}
