package personas.model;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Digests of the inputs of a run. If a replay gives another result, the command {@code verify}
 * compares the digests to find the input that differs.
 *
 * @param records number of accepted records
 * @param recordDigest the sum of the SHA-256 digests of all accepted records, as 64 hexadecimal
 *     digits; the order and the split of the records do not change the sum
 * @param specDigest SHA-256, in hex, of the bytes of {@code model-spec.yaml}. {@link
 *     Model.SpecReference#digest} is the digest of the meaning of the spec, with flags applied
 * @param program the program and its version
 * @param previousModel SHA-256, in hex, of the {@code model.json} of the previous run, as this
 *     program writes it; null if there was none
 */
public record Receipt(
    long records,
    String recordDigest,
    String specDigest,
    String program,
    @JsonInclude(JsonInclude.Include.NON_NULL) String previousModel) {}
