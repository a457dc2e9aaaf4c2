package org.apache.parquet;

import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.format.converter.ParquetMetadataConverter;

/**
 * Options for reading Parquet without Hadoop. Their builder loads classes of Hadoop's MapReduce, 50
 * MB of it for no use here; their constructor does not, but it is of this package alone.
 */
public final class PlainReadOptions {
  private static final int MOST_ALLOCATION = 8 << 20;

  private PlainReadOptions() {}

  /** All rows, without statistics, indexes or filters; checksums are verified where there are. */
  public static ParquetReadOptions of(CompressionCodecFactory codecs) {
    return new ParquetReadOptions(
        false,
        false,
        false,
        false,
        false,
        true,
        false,
        false,
        false,
        FilterCompat.NOOP,
        ParquetMetadataConverter.NO_FILTER,
        codecs,
        new HeapByteBufferAllocator(),
        MOST_ALLOCATION,
        Map.of(),
        null,
        null,
        new PlainParquetConfiguration());
  }
}
