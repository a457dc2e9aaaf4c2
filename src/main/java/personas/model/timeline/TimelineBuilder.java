package personas.model.timeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.ProgramName;
import personas.model.compare.Drift.FeatureDrift;
import personas.model.compare.DriftAdvice;
import personas.model.timeline.Timeline.FeatureLine;
import personas.model.timeline.Timeline.Flow;
import personas.model.timeline.Timeline.PersonaLine;
import personas.model.timeline.Timeline.Run;
import personas.text.TerminalText;

/** Builds the timeline of finished runs. Equal runs give an equal timeline. */
public final class TimelineBuilder {
  /** The smallest share of a persona's users in a flow that is listed. */
  private static final double MIN_FLOW = 0.01;

  private final List<PastRun> runs;
  private final List<RunStep> steps;
  private final PersonaThreads threads;

  private TimelineBuilder(List<PastRun> runs) {
    this.runs = runs;
    this.steps =
        IntStream.range(1, runs.size())
            .mapToObj(r -> new RunStep(runs.get(r - 1), runs.get(r)))
            .toList();
    this.threads = new PersonaThreads(runs, steps);
  }

  /**
   * Builds the timeline.
   *
   * @param runs at least one run, in any order
   * @throws IllegalArgumentException if two runs differ in their segmentation or their features;
   *     the message names both runs
   */
  public static Timeline of(List<PastRun> runs) {
    boolean hasDates = runs.stream().allMatch(run -> run.date() != null);
    Comparator<PastRun> byFolder = Comparator.comparing(PastRun::folder);
    List<PastRun> sorted =
        runs.stream()
            .sorted(
                hasDates ? Comparator.comparing(PastRun::date).thenComparing(byFolder) : byFolder)
            .toList();
    sorted.forEach(run -> requireSame(sorted.get(0), run));
    return new TimelineBuilder(sorted).build();
  }

  private static void requireSame(PastRun first, PastRun other) {
    String firstName = first.model().spec().name();
    String otherName = other.model().spec().name();
    if (firstName.equals(otherName)) {
      firstName = featureNames(first.model());
      otherName = featureNames(other.model());
    }
    if (!firstName.equals(otherName)) {
      throw new IllegalArgumentException(
          TerminalText.line(
              String.format(
                  Locale.ROOT,
                  "%s is a run of %s, but %s is a run of %s; all runs of a timeline need the same"
                      + " segmentation and the same features",
                  first.folder(),
                  firstName,
                  other.folder(),
                  otherName)));
    }
  }

  private static String featureNames(Model model) {
    return "features " + model.features().stream().map(Model.FeatureModel::name).toList();
  }

  private Timeline build() {
    return new Timeline(
        Timeline.FORMAT,
        ProgramName.TEXT,
        runs.get(0).model().spec().name(),
        IntStream.range(0, runs.size()).mapToObj(this::run).toList(),
        Gaps.of(runs),
        IntStream.range(0, threads.count()).mapToObj(this::persona).toList(),
        IntStream.range(0, runs.get(0).model().features().size()).mapToObj(this::feature).toList(),
        flows(),
        events());
  }

  private Run run(int r) {
    PastRun run = runs.get(r);
    boolean hasAdvice = run.drift() != null;
    return new Run(
        run.folder(),
        run.date() == null ? null : run.date().toString(),
        run.model().ledger().users(),
        hasAdvice ? run.drift().advice().name().toLowerCase(Locale.ROOT) : null,
        hasAdvice ? run.drift().reason() : null,
        r > 0 && steps.get(r - 1).knowsFlows());
  }

  private PersonaLine persona(int thread) {
    int[] runsOfThread =
        IntStream.range(0, runs.size()).filter(r -> threads.clusterOf(r, thread) >= 0).toArray();
    int last = runsOfThread[runsOfThread.length - 1];
    ClusterModel cluster = runs.get(last).model().clusters().get(threads.clusterOf(last, thread));
    return new PersonaLine(
        cluster.id(),
        cluster.persona(),
        runsOfThread[0],
        last,
        perRun(thread, (r, j) -> runs.get(r).model().clusters().get(j).users()),
        perRun(thread, this::shift),
        perRun(thread, this::retention),
        perRun(thread, this::resampledRetention));
  }

  private <T> List<T> perRun(int thread, BiFunction<Integer, Integer, T> figure) {
    List<T> figures = new ArrayList<>();
    for (int r = 0; r < runs.size(); r++) {
      int cluster = threads.clusterOf(r, thread);
      figures.add(cluster < 0 ? null : figure.apply(r, cluster));
    }
    return figures;
  }

  private Double shift(int r, int j) {
    return r == 0 ? null : steps.get(r - 1).drift().personas().get(j).shift();
  }

  private Double retention(int r, int j) {
    return r == 0 ? null : steps.get(r - 1).drift().personas().get(j).retention();
  }

  private Double resampledRetention(int r, int j) {
    return r == 0 ? null : steps.get(r - 1).drift().personas().get(j).resampledRetention();
  }

  private FeatureLine feature(int f) {
    List<Double> psi = new ArrayList<>();
    List<Double> limit = new ArrayList<>();
    psi.add(null);
    limit.add(null);
    for (RunStep step : steps) {
      FeatureDrift feature = step.drift().features().get(f);
      psi.add(feature.psi());
      limit.add(feature.psi() == null ? null : (Double) DriftAdvice.limitOfReview(feature));
    }
    return new FeatureLine(runs.get(0).model().features().get(f).name(), psi, limit);
  }

  private List<Flow> flows() {
    List<Flow> flows = new ArrayList<>();
    for (int run = 1; run < runs.size(); run++) {
      RunStep step = steps.get(run - 1);
      for (int i = 0; i < step.clustersBefore(); i++) {
        for (int j = 0; j < step.clustersNow(); j++) {
          if (j != step.nowOf(i) && step.share(i, j) >= MIN_FLOW) {
            flows.add(
                new Flow(
                    run,
                    threads.of(run - 1, i),
                    threads.of(run, j),
                    step.flow(i, j),
                    step.share(i, j),
                    step.resampled(i, j),
                    step.chance(i, j)));
          }
        }
      }
    }
    return flows;
  }

  private List<TimelineEvent> events() {
    List<TimelineEvent> events = new ArrayList<>();
    List<Set<Integer>> changed = new ArrayList<>();
    changed.add(Set.of());
    for (int run = 1; run < runs.size(); run++) {
      List<TimelineEvent> flowEvents = new FlowEvents(run, steps.get(run - 1), threads).events();
      Set<Integer> personas = new HashSet<>();
      for (TimelineEvent event : flowEvents) {
        personas.add(event.persona());
        personas.add(event.other());
      }
      changed.add(personas);
      events.addAll(flowEvents);
    }
    events.addAll(new SizeSeries(runs, steps, threads, changed).events());
    events.addAll(new OtherEvents(runs, steps, threads).events());
    // The sort is stable, so events of a kind stay in the order of the personas or features.
    events.sort(
        Comparator.comparingInt(TimelineEvent::run)
            .thenComparing((TimelineEvent event) -> event.kind()));
    return List.copyOf(events);
  }
}
