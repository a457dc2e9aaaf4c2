package personas.table.avro;

import java.io.IOException;
import java.nio.ByteBuffer;
import personas.table.RecordSpan;
import personas.table.bytes.ByteRange;
import personas.table.bytes.ByteSource;
import personas.table.ledger.BadInputException;

/**
 * Finds the blocks of an Avro file whose first byte lies in a range of bytes, and counts their
 * rows. Only the counts and lengths of the blocks are read, so that the rows before a range can be
 * counted before the range is read.
 */
public final class AvroRanges {
  private AvroRanges() {}

  /**
   * Finds the blocks of a range after the first marker in the range. A row can contain the bytes of
   * a marker, so the result is an assumption. The assumption is right if the blocks of the previous
   * range end where the returned span starts.
   *
   * @return an empty span at the end of the range if the bytes after the marker are not blocks
   * @throws BadInputException if the range holds the first block of the file, and one of the blocks
   *     is damaged
   */
  public static RecordSpan find(ByteSource source, ByteRange range) throws IOException {
    AvroHeader header = header(source);
    if (range.start() <= header.end()) {
      return count(source, header, range, header.end());
    }
    RecordSpan none = new RecordSpan(range.end(), range.end(), 0);
    AvroBytes in = AvroBytes.open(source, range.start() - AvroHeader.SYNC_BYTES);
    try (in) {
      return skipMarker(in, header.sync(), range.end()) ? count(in, header, range.end()) : none;
    } catch (IOException e) {
      IOException refusal = in.exceptionFor("", e);
      if (refusal instanceof BadInputException) {
        return none;
      }
      throw refusal;
    }
  }

  /**
   * Counts the rows of a range whose first block is known.
   *
   * @throws BadInputException if a block is damaged
   */
  public static RecordSpan count(ByteSource source, ByteRange range, long firstBlock)
      throws IOException {
    return count(source, header(source), range, firstBlock);
  }

  private static RecordSpan count(
      ByteSource source, AvroHeader header, ByteRange range, long firstBlock) throws IOException {
    AvroBytes in = AvroBytes.open(source, firstBlock);
    try (in) {
      return count(in, header, range.end());
    } catch (IOException e) {
      throw in.exceptionFor("", e);
    }
  }

  private static AvroHeader header(ByteSource source) throws IOException {
    AvroBytes in = AvroBytes.open(source, 0);
    try (in) {
      return AvroHeader.read(in);
    } catch (IOException e) {
      throw in.exceptionFor("", e);
    }
  }

  private static RecordSpan count(AvroBytes in, AvroHeader header, long end) throws IOException {
    long first = in.position();
    AvroBlocks blocks = new AvroBlocks(in, header);
    try {
      long rows = 0;
      while (blocks.nextStart() < end && blocks.skip()) {
        rows += blocks.rows();
      }
      return new RecordSpan(first, blocks.nextStart(), rows);
    } catch (IOException e) {
      throw blocks.exceptionFor(e);
    }
  }

  /**
   * Skips all bytes up to the end of the first marker that ends before a position.
   *
   * @return false if there is no such marker
   */
  private static boolean skipMarker(AvroBytes in, byte[] sync, long end) throws IOException {
    ByteBuffer marker = ByteBuffer.wrap(sync);
    long first = marker.getLong();
    long second = marker.getLong();
    long firstRead = 0;
    long secondRead = 0;
    long firstMarkerEnd = in.position() + AvroHeader.SYNC_BYTES;
    while (in.position() < end - 1) {
      int value = in.read();
      if (value < 0) {
        return false;
      }
      firstRead = (firstRead << Byte.SIZE) | (secondRead >>> (Long.SIZE - Byte.SIZE));
      secondRead = (secondRead << Byte.SIZE) | value;
      if (firstRead == first && secondRead == second && in.position() >= firstMarkerEnd) {
        return true;
      }
    }
    return false;
  }
}
