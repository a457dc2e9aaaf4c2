package personas.model;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What a run was made from, so that {@code verify} can tell which of it differs in a replay.
 *
 * @param records how many records were accepted
 * @param recordDigest the sum of the SHA-256 of all accepted records, as 64 hexadecimal digits; the
 *     same for any order and any split of the records
 * @param specDigest SHA-256, in hex, of the bytes of {@code model-spec.yaml}. {@link
 *     Model.SpecReference#digest} is of its meaning, with the flags applied
 * @param program the program and its version
 * @param previousModel SHA-256, in hex, of the {@code model.json} that the run went on from, as
 *     this program writes it; null if there was none
 */
public record Receipt(
    long records,
    String recordDigest,
    String specDigest,
    String program,
    @JsonInclude(JsonInclude.Include.NON_NULL) String previousModel) {}
