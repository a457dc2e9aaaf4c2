# This file has not run on a real cloud. A test runs it with a stub of Airflow and checks the request to Dataflow.
"""An Airflow DAG that launches the Flex Template each Monday and waits for its job.

Set the constants to the values of your project. Each week has its own folder of results.
"""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.google.cloud.operators.dataflow import DataflowStartFlexTemplateOperator

PROJECT = "my-project"
REGION = "europe-west1"
BUCKET = "gs://my-bucket"
WORKER_ACCOUNT = "beam-personas-worker@my-project.iam.gserviceaccount.com"
SUBNETWORK = "regions/europe-west1/subnetworks/private"

# A weekly run has a data interval from the previous Monday to this Monday. So the start of the interval is the date of
# the previous results. For the first run, remove the two lines whose keys begin with "previous".
PARAMETERS = {
    "spec": BUCKET + "/pipelines/image-platform-users.yaml",
    "input": BUCKET + "/users/*.csv",
    "output": BUCKET + "/personas/{{ data_interval_end | ds }}",
    "previousModel": BUCKET + "/personas/{{ data_interval_start | ds }}/model.json",
    "previousAssignments": BUCKET + "/personas/{{ data_interval_start | ds }}/assignments-*.csv",
    "dataDate": "{{ data_interval_end | ds }}",
}

with DAG(
    dag_id="beam_personas_weekly",
    schedule="15 4 * * 1",
    start_date=datetime(2026, 1, 5),
    catchup=False,
    max_active_runs=1,
    # A repeated run writes the same bytes into the same folder.
    default_args={"retries": 1, "retry_delay": timedelta(minutes=10)},
) as dag:
    DataflowStartFlexTemplateOperator(
        task_id="segment",
        project_id=PROJECT,
        location=REGION,
        body={
            "launchParameter": {
                "jobName": "beam-personas",
                "containerSpecGcsPath": BUCKET + "/templates/beam-personas.json",
                "parameters": PARAMETERS,
                "environment": {
                    "tempLocation": BUCKET + "/tmp",
                    "serviceAccountEmail": WORKER_ACCOUNT,
                    "subnetwork": SUBNETWORK,
                    "ipConfiguration": "WORKER_IP_PRIVATE",
                    "machineType": "n2-standard-4",
                    "maxWorkers": 10,
                    "additionalUserLabels": {"application": "beam-personas"},
                },
            }
        },
        append_job_name=False,
        wait_until_finished=True,
    )
