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
 * Ranges of events → ranges of the users that the events belong to, which are read as any staged
 * table is.
 *
 * <p>Each range of events is aggregated by itself. The users of a range are staged as blocks, one
 * for each part of the hashes of ids, and what flows is where a block is. One task merges the
 * blocks of a part and stages the table of its users. The date that measures look back from comes
 * from all events, so the totals of all ranges are a side input of the merge. At last the users get
 * numbers in the order of the parts, which takes one small value for each part.
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

  /** A staged range → its totals. */
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

  /** Refuses events that nothing sound can be made of; saves the totals for the publication. */
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
      refusal.during(() -> totals.check(plan.spec(), CheckRecords::place));
      save(totals, plan.folders().eventTotals());
      out.output(totals);
    }
  }

  /** The blocks of a part → the staged table of its users. */
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

  /** All parts → the ranges of users, numbered in the order of the parts. */
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

  /** Under another name first, so that the file is there whole or not at all. */
  private static void save(Serializable value, String file) throws IOException {
    String attempt = file + "-" + UUID.randomUUID();
    SerializedFile.save(value, attempt);
    Folder.move(attempt, file);
  }
}
