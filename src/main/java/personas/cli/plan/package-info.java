/** Makes plans from flags and spec, and refuses a run that cannot work before a job starts. */
package personas.cli.plan;
