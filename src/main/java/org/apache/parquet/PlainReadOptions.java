package org.apache.parquet;

import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.format.converter.ParquetMetadataConverter;

/**
 * Creates options for reading Parquet without Hadoop's MapReduce. The builder of {@code
 * ParquetReadOptions} loads classes of MapReduce, which would add 50 MB of unused libraries. The
 * constructor of {@code ParquetReadOptions} does not load them, but the constructor is visible only
 * in this package.
 */
public final class PlainReadOptions {
  private static final int MAX_ALLOCATION_BYTES = 8 << 20;

  private PlainReadOptions() {}

  /**
   * Returns options that read all rows without statistics, indexes or filters. If a page has a
   * checksum, the reader verifies the checksum.
   */
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
        MAX_ALLOCATION_BYTES,
        Map.of(),
        null,
        null,
        new PlainParquetConfiguration());
  }
}
