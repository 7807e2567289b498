"""The background task that makes PDFs. Done again after a crash it does its work once: a job that was made is left."""

import logging
import tempfile
from collections.abc import Callable
from time import monotonic
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from hemicycle.journal.act import Refused
from hemicycle.journal.clock import now
from hemicycle.printing.models import PrintJob
from hemicycle.printing.paper import PangoMissing

Progress = Callable[[int, int], None]
Maker = Callable[[dict[str, Any], Progress, IO[bytes]], None]
# Progress is written no more often than this, in seconds.
PAUSE = 0.3
log = logging.getLogger(__name__)


@task()
def make(job_id: int) -> None:
    """Make what was asked for, unless it was made before. What fails says so on the job's page."""
    job = PrintJob.objects.filter(pk=job_id).first()
    if job is None or job.made:
        return
    PrintJob.objects.filter(pk=job.pk).update(begun=now(), done=0, whole=0, failed="")
    with override(job.language), tempfile.TemporaryFile() as made:
        try:
            maker: Maker = import_string(job.maker)
            maker(job.arguments, reporter(job), made)
        except PangoMissing as missing:
            fail(job, str(missing))
            return
        except Refused as refusal:
            fail(job, refusal.sentence)
            return
        except Exception:
            fail(job, _("It could not be printed. The failure was noted for the operator; you can ask for it again."))
            log.exception("Print job %s failed.", job.pk)
            return
        made.seek(0)
        stored = default_storage.save(f"prints/{job.uuid}.pdf", File(made))
    PrintJob.objects.filter(pk=job.pk, made=None).update(file=stored, made=now())


def fail(job: PrintJob, sentence: str) -> None:
    """Note why a job failed, in a sentence for whoever asked."""
    PrintJob.objects.filter(pk=job.pk).update(failed=sentence)


def reporter(job: PrintJob) -> Progress:
    """Return what a maker tells how far it is: written now and then, and at the end."""
    last = 0.0

    def report(done: int, whole: int) -> None:
        nonlocal last
        if done < whole and monotonic() - last < PAUSE:
            return
        last = monotonic()
        PrintJob.objects.filter(pk=job.pk).update(done=done, whole=whole)

    return report
