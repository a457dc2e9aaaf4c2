package personas.report.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import personas.model.timeline.Timeline;
import personas.model.timeline.TimelineEvent;
import personas.text.TerminalText;

/** The events of a timeline as lines for a terminal, in the order of the runs. */
public final class TimelineSummary {
  private static final int MAX_TEXT_COLUMNS = 500;

  private final Timeline timeline;

  public TimelineSummary(Timeline timeline) {
    this.timeline = timeline;
  }

  /** Returns the lines, without line feeds. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    int runs = timeline.runs().size();
    String name = TerminalText.line(timeline.segmentation(), MAX_TEXT_COLUMNS);
    if (runs == 1) {
      lines.add(name + ": the only run, so there is nothing to compare yet");
      return lines;
    }
    lines.add(
        String.format(
            Locale.ROOT, "%s: %,d runs from %s to %s", name, runs, label(0), label(runs - 1)));
    int addedGaps = 0;
    for (TimelineEvent event : timeline.events()) {
      addedGaps = addGaps(addedGaps, event.run(), lines);
      lines.add(
          String.format(
              Locale.ROOT,
              "%s  %-11s  %s",
              label(event.run()),
              event.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
              TerminalText.line(event.text(), MAX_TEXT_COLUMNS)));
    }
    addGaps(addedGaps, runs, lines);
    if (timeline.events().isEmpty()) {
      lines.add("no event: chance explains every change");
    }
    return lines;
  }

  /**
   * Adds lines for the gaps before a run. The first {@code addedGaps} gaps already have lines.
   * Returns the number of gaps that have lines afterwards.
   */
  private int addGaps(int addedGaps, int run, List<String> lines) {
    int next = addedGaps;
    while (next < timeline.gaps().size() && timeline.gaps().get(next).after() < run) {
      Timeline.Gap gap = timeline.gaps().get(next++);
      lines.add(
          String.format(
              Locale.ROOT,
              "%s  %-11s  %s",
              label(gap.after()),
              "gap",
              gap.missing() == 1
                  ? "The next run is missing"
                  : String.format(Locale.ROOT, "The next %,d runs are missing", gap.missing())));
    }
    return next;
  }

  private String label(int run) {
    Timeline.Run timelineRun = timeline.runs().get(run);
    return timelineRun.date() == null
        ? TerminalText.line(timelineRun.folder(), MAX_TEXT_COLUMNS)
        : timelineRun.date();
  }
}
