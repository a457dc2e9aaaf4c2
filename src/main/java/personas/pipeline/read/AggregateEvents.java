package personas.pipeline.read;

import java.io.IOException;
import java.io.Serializable;
import java.util.UUID;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import personas.connector.storage.Folder;
import personas.connector.storage.RefusalFile;
import personas.connector.storage.SerializedFile;
import personas.pipeline.combine.MergeFn;
import personas.pipeline.combine.StagedValueCoder;
import personas.run.RunPlan;
import personas.run.events.AggregatePart;
import personas.run.events.AggregatedUsers;
import personas.run.events.EventRange;
import personas.run.events.EventTotals;
import personas.run.events.StageEvents;
import personas.run.events.UserPart;
import personas.run.join.IdBlock;
import personas.run.join.IdPart;
import personas.run.state.StagedPiece;
import personas.spec.event.EventAggregation;
import personas.table.RangeKey;
import personas.table.read.FileRange;

/**
 * Aggregates ranges of events to ranges of users. Later steps read the users like any staged table.
 *
 * <p>Each range of events is aggregated separately. The users of a range are staged as blocks, one
 * for each part of the ids. The elements of the job are references to blocks. One task merges the
 * blocks of a part and stages the table of the users. Measures look back from a date, by default
 * the date of the latest event. So the totals of all ranges are a side input of the merge. The last
 * step numbers the users in the order of the parts.
 */
final class AggregateEvents extends PTransform<PCollection<FileRange>, PCollection<FileRange>> {
  private static final long serialVersionUID = 1;

  private final RunPlan plan;

  AggregateEvents(RunPlan plan) {
    this.plan = plan;
  }

  @Override
  public PCollection<FileRange> expand(PCollection<FileRange> events) {
    Folder folder = plan.stagingFolder().sub("events");
    RefusalFile refusal = new RefusalFile(plan.stagingFolder());
    Coder<EventTotals> totalsCoder =
        new StagedValueCoder<>(SerializableCoder.of(EventTotals.class), folder.sub("totals"));
    PCollection<KV<RangeKey, StagedPiece>> staged =
        events.apply("Stage events", new StageRanges(new StageEvents(plan), folder, refusal));
    PCollectionView<EventTotals> totals =
        staged
            .apply("Load totals", ParDo.of(new LoadTotals()))
            .setCoder(totalsCoder)
            .apply(
                "Merge totals",
                Combine.globally(MergeFn.inPlace(EventTotals::new, EventTotals::merge, totalsCoder))
                    .withoutDefaults())
            .apply("Check events", ParDo.of(new CheckEvents(plan, refusal)))
            .setCoder(totalsCoder)
            .apply("As of", View.asSingleton());
    return staged
        .apply("Key users", new KeyIds(IdBlock.Table.USERS, plan.tuning().idParts(), refusal))
        .apply("Group by hash", GroupByKey.create())
        .apply("Aggregate part", ParDo.of(new AggregateUsers(plan, totals)).withSideInputs(totals))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), SerializableCoder.of(UserPart.class)))
        .apply("Group parts", GroupByKey.create())
        .apply("Number users", ParDo.of(new NumberUsers(plan)))
        .setCoder(SerializableCoder.of(FileRange.class));
  }

  /** Emits the totals of a staged range. */
  private static final class LoadTotals extends DoFn<KV<RangeKey, StagedPiece>, EventTotals> {
    private static final long serialVersionUID = 1;

    private final Counter readEvents = Metrics.counter("personas", "events_read");
    private final Counter rejectedEvents = Metrics.counter("personas", "events_rejected");

    @ProcessElement
    public void process(@Element KV<RangeKey, StagedPiece> staged, OutputReceiver<EventTotals> out)
        throws IOException {
      EventRange range = SerializedFile.load(staged.getValue().path(), EventRange.class);
      readEvents.inc(range.outcome().ledger().read());
      rejectedEvents.inc(range.outcome().ledger().rejectedTotal());
      out.output(EventTotals.of(range));
    }
  }

  /** Refuses events that do not give valid users, and saves the totals for the publication. */
  private static final class CheckEvents extends DoFn<EventTotals, EventTotals> {
    private static final long serialVersionUID = 1;

    private final RunPlan plan;
    private final RefusalFile refusal;

    CheckEvents(RunPlan plan, RefusalFile refusal) {
      this.plan = plan;
      this.refusal = refusal;
    }

    @ProcessElement
    public void process(@Element EventTotals totals, OutputReceiver<EventTotals> out)
        throws IOException {
      refusal.during(() -> totals.check(plan.spec(), CheckRecords::positionText));
      save(totals, plan.folders().eventTotals());
      out.output(totals);
    }
  }

  /** Merges the blocks of a part and stages the table of the users. */
  private static final class AggregateUsers
      extends DoFn<KV<Integer, Iterable<IdBlock>>, KV<String, UserPart>> {
    private static final long serialVersionUID = 1;

    private final AggregatePart aggregation;
    private final EventAggregation measures;
    private final PCollectionView<EventTotals> totals;

    AggregateUsers(RunPlan plan, PCollectionView<EventTotals> totals) {
      this.aggregation = new AggregatePart(plan);
      this.measures = plan.spec().input().aggregate();
      this.totals = totals;
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<IdBlock>> part, ProcessContext context)
        throws IOException {
      int asOf = context.sideInput(totals).asOf(measures);
      context.output(
          KV.of(
              "users",
              aggregation.aggregate(part.getKey(), IdPart.of(part.getValue()).users(), asOf)));
    }
  }

  /** Emits the ranges of users, numbered in the order of the parts. */
  private static final class NumberUsers extends DoFn<KV<String, Iterable<UserPart>>, FileRange> {
    private static final long serialVersionUID = 1;

    private final RunPlan plan;

    NumberUsers(RunPlan plan) {
      this.plan = plan;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<UserPart>> parts, OutputReceiver<FileRange> out)
        throws IOException {
      AggregatedUsers users = AggregatedUsers.of(parts.getValue());
      save(users, plan.folders().aggregatedUsers());
      users.ranges().forEach(out::output);
    }
  }

  /** Writes a file under another name and renames it, so that the file is complete if it exists. */
  private static void save(Serializable value, String file) throws IOException {
    String attempt = file + "-" + UUID.randomUUID();
    SerializedFile.save(value, attempt);
    Folder.move(attempt, file);
  }
}
