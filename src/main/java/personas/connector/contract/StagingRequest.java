package personas.connector.contract;

import java.io.Serializable;
import personas.connector.storage.Folder;
import personas.connector.storage.RefusalFile;
import personas.feature.UserSchema;
import personas.table.InputFormat;

/**
 * What a job needs from a source.
 *
 * @param schema the columns to read
 * @param format the declared format of files; null to detect the format of each file
 * @param rangeBytes the approximate maximum size of a range of a file in bytes
 * @param folder the folder for rows that are not in files yet
 * @param refusal the file that gets the reason if the source is refused
 */
public record StagingRequest(
    UserSchema schema, InputFormat format, long rangeBytes, Folder folder, RefusalFile refusal)
    implements Serializable {}
