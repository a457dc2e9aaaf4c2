package personas.report.render;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import personas.model.timeline.Timeline;
import personas.model.timeline.Timeline.FeatureLine;
import personas.model.timeline.Timeline.PersonaLine;
import personas.model.timeline.Timeline.Run;
import personas.report.data.Axis;
import personas.report.data.Axis.Tick;

/** Writes {@code timeline.html}: an {@link OfflinePage} with the style of the report. */
public final class TimelinePage {
  private TimelinePage() {}

  /**
   * The data of the page.
   *
   * @param timeline the runs and their changes
   * @param places the position of each run on the axis of time: the days since 1970-01-01, or the
   *     index of the run if at least one run has no date
   * @param time the axis of time
   * @param users the axis of the numbers of users
   * @param retention the axis of the shares of users who stayed
   * @param psi the axis of the population stability index of each feature
   */
  private record Page(
      Timeline timeline,
      List<Double> places,
      Axis time,
      Axis users,
      Axis retention,
      List<Axis> psi) {}

  /** Returns the page, to be written as UTF-8. */
  public static String html(Timeline timeline) {
    return new OfflinePage(
            "Timeline",
            "This page needs JavaScript to draw the timeline. "
                + "Without JavaScript, read timeline.json in the same folder.",
            new OfflinePage.Look(
                ReportPage.style() + OfflinePage.resource(TimelinePage.class, "timeline.css"),
                OfflinePage.resource(TimelinePage.class, "chart.js")
                    + OfflinePage.resource(TimelinePage.class, "timeline.js")),
            ReportJson.forPage(page(timeline)),
            timeline.personas().size())
        .html();
  }

  private static Page page(Timeline timeline) {
    List<Double> places = places(timeline.runs());
    Stream<Double> shares =
        timeline.personas().stream()
            .flatMap(line -> Stream.of(line.retention(), line.resampledRetention()))
            .flatMap(List::stream);
    double leastShare = shares.filter(Objects::nonNull).mapToDouble(share -> share).min().orElse(0);
    double mostUsers =
        timeline.personas().stream()
            .map(PersonaLine::users)
            .flatMap(List::stream)
            .filter(Objects::nonNull)
            .mapToDouble(users -> users)
            .max()
            .orElse(1);
    return new Page(
        timeline,
        places,
        time(timeline.runs(), places),
        Axis.linear(0, Math.max(1, mostUsers)),
        Axis.linear(Math.min(leastShare, 0.9), 1),
        timeline.features().stream().map(TimelinePage::psi).toList());
  }

  private static Axis psi(FeatureLine feature) {
    double largestPsi =
        Stream.of(feature.psi(), feature.limit())
            .flatMap(List::stream)
            .filter(Objects::nonNull)
            .mapToDouble(value -> value)
            .max()
            .orElse(1);
    return Axis.linear(0, Math.max(0.1, largestPsi));
  }

  private static List<Double> places(List<Run> runs) {
    List<Double> places = new ArrayList<>();
    boolean hasDates = runs.stream().allMatch(run -> run.date() != null);
    for (int r = 0; r < runs.size(); r++) {
      places.add(hasDates ? LocalDate.parse(runs.get(r).date()).toEpochDay() : (double) r);
    }
    return places;
  }

  private static Axis time(List<Run> runs, List<Double> places) {
    List<Tick> ticks =
        IntStream.range(0, runs.size())
            .mapToObj(
                r ->
                    new Tick(
                        places.get(r),
                        runs.get(r).date() == null ? runs.get(r).folder() : runs.get(r).date()))
            .toList();
    double first = places.get(0);
    double last = places.get(places.size() - 1);
    return new Axis(first, last == first ? first + 1 : last, 0, ticks);
  }
}
