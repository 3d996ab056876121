"""Windows' way of limiting the worker: a job object with a memory limit that ends the child when we end."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from collections.abc import Callable

_MEMORY_LIMIT = 700 * 1024 * 1024
_LIMIT_PROCESS_MEMORY, _LIMIT_KILL_ON_CLOSE = 0x100, 0x2000
_EXTENDED_LIMITS = 9


class _Basic(ctypes.Structure):
    _fields_ = (
        ("per_process_time", ctypes.c_int64), ("per_job_time", ctypes.c_int64), ("flags", ctypes.c_uint32),
        ("minimum_set", ctypes.c_size_t), ("maximum_set", ctypes.c_size_t), ("active", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t), ("priority", ctypes.c_uint32), ("scheduling", ctypes.c_uint32),
    )  # fmt: skip


class _Extended(ctypes.Structure):
    _fields_ = (
        ("basic", _Basic), ("io", ctypes.c_uint64 * 6), ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t), ("peak_process", ctypes.c_size_t), ("peak_job", ctypes.c_size_t),
    )  # fmt: skip


def confine(child: subprocess.Popen[bytes]) -> Callable[[], None] | None:
    """Put ``child`` into a limited job; the result closes it. None where the system refuses (nested jobs of old)."""
    if sys.platform != "win32":
        return None
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    job = kernel.CreateJobObjectW(None, None)
    if not job:
        return None
    limits = _Extended()
    limits.basic.flags = _LIMIT_PROCESS_MEMORY | _LIMIT_KILL_ON_CLOSE
    limits.process_memory = _MEMORY_LIMIT
    handle = ctypes.c_void_p(job)
    kernel.SetInformationJobObject(handle, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
    kernel.AssignProcessToJobObject(handle, ctypes.c_void_p(int(child._handle)))
    return lambda: kernel.CloseHandle(handle)
