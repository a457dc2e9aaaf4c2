package personas.model.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import personas.model.Model;
import personas.model.compare.Drift.FeatureDrift;
import personas.model.compare.Drift.PersonaDrift;
import personas.model.compare.DriftAdvice;
import personas.model.timeline.TimelineEvent.Kind;

/**
 * Finds the events that flows do not explain: names that changed, features whose values moved, and
 * users whose ids changed.
 *
 * <p>The values of a feature are compared with the previous run, and with a reference run: the
 * first run, or the last run with an event of this feature. The reference run also reveals a slow
 * drift. The PSI since a reference run is a lower bound, see {@link CertainStability}. The limit is
 * the limit of a review in {@link DriftAdvice}.
 */
final class OtherEvents {
  private final List<PastRun> runs;
  private final List<RunStep> steps;
  private final PersonaThreads threads;
  private final List<TimelineEvent> events = new ArrayList<>();

  OtherEvents(List<PastRun> runs, List<RunStep> steps, PersonaThreads threads) {
    this.runs = runs;
    this.steps = steps;
    this.threads = threads;
  }

  /** Returns all events. */
  List<TimelineEvent> events() {
    for (int run = 1; run < runs.size(); run++) {
      addRenames(run);
      addIdChanges(run);
    }
    for (int f = 0; f < runs.get(0).model().features().size(); f++) {
      addValueDrift(f);
    }
    return events;
  }

  private void addRenames(int run) {
    RunStep step = steps.get(run - 1);
    for (int j = 0; j < step.clustersNow(); j++) {
      PersonaDrift persona = step.drift().personas().get(j);
      if (persona.previousPersona() != null) {
        String text = step.nameBefore(step.previousOf(j)) + " is now called " + step.nameNow(j);
        events.add(TimelineEvent.of(run, Kind.RENAME, threads.of(run, j), null, text));
      }
    }
  }

  private void addIdChanges(int run) {
    String before = idColumn(runs.get(run - 1).model());
    String now = idColumn(runs.get(run).model());
    if (before != null && now != null && !before.equals(now)) {
      String text = "The id column changed from " + before + " to " + now;
      events.add(TimelineEvent.of(run, Kind.ID_COLUMN, null, null, text));
    }
    if (runs.get(run).hasOtherIds()) {
      String text = "The user ids differ from the previous run, so flows of users are not known";
      events.add(TimelineEvent.of(run, Kind.OTHER_IDS, null, null, text));
    }
  }

  private static String idColumn(Model model) {
    return model.training() == null ? null : model.training().id();
  }

  private void addValueDrift(int f) {
    int reference = 0;
    for (int run = 1; run < runs.size(); run++) {
      FeatureDrift feature = steps.get(run - 1).drift().features().get(f);
      if (feature.psi() != null && feature.psi() > DriftAdvice.limitOfReview(feature)) {
        add(run, run - 1, f, feature.psi(), DriftAdvice.limitOfReview(feature));
        reference = run;
        continue;
      }
      CertainStability stability =
          CertainStability.of(
              runs.get(reference).model().featureContext(f),
              runs.get(run).model().featureContext(f));
      if (stability != null && stability.index() > stability.limit()) {
        add(run, reference, f, stability.index(), stability.limit());
        reference = run;
      }
    }
  }

  private void add(int run, int from, int f, double psi, double limit) {
    String text =
        String.format(
            Locale.ROOT,
            "The values of %s moved since %s: PSI %.2f",
            runs.get(run).model().features().get(f).name(),
            runs.get(from).label(),
            psi);
    events.add(TimelineEvent.of(run, Kind.DRIFT, null, null, text).with(psi, limit, null));
  }
}
