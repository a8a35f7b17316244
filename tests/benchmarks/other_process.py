"""Work that takes memory, done where no measured process is started from."""
import concurrent.futures


def run_apart(function, *arguments):
    """Linux counts the memory of the process that starts another as the first that the other has (getrusage(2)), so that
    what measures has to stay small."""
    with concurrent.futures.ProcessPoolExecutor(1) as apart:
        return apart.submit(function, *arguments).result()
