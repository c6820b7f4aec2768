"""What the program below the window says, in the person's language where there is a translation.

Nothing down there knows Qt: errors and notices carry their English form and what goes into it
(`errors.Sentence`), and are looked up here by that form. What is not in the list stays English.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from photoaes.errors import PhotoaesError, Sentence

CONTEXT = "Sentences"


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Marks a text for lupdate, which does not follow variables."""
    return text


FORMS = (
    # folders and albums
    QT_TRANSLATE_NOOP("Sentences", "There is no folder {0}."),
    QT_TRANSLATE_NOOP("Sentences", "{0} is a file, no folder. Name the one that it is in."),
    QT_TRANSLATE_NOOP("Sentences", "The folder {0} may not be read. Check its permissions."),
    QT_TRANSLATE_NOOP(
        "Sentences", "{0} cannot be looked into: {1}. Close other programs and try again."
    ),
    QT_TRANSLATE_NOOP("Sentences", "There are no photos in {0}."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "There are no photos in {0}; {1} files and folders are left out, such as {2}.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "There are no photos in {0} that photoaes reads, but others: {1}."
    ),
    QT_TRANSLATE_NOOP("Sentences", "{0!r} is no time span. Write 1h, 30m or 1:02:03."),
    QT_TRANSLATE_NOOP("Sentences", "No camera's clock is wrong by more than 200 years."),
    QT_TRANSLATE_NOOP("Sentences", "Photos that lie in {0} cannot be moved there."),
    QT_TRANSLATE_NOOP("Sentences", "{0} stays where it is: {1}."),
    # why a photo cannot be shown
    QT_TRANSLATE_NOOP("Sentences", "the file is no longer there"),
    QT_TRANSLATE_NOOP("Sentences", "it is a folder, not a file"),
    QT_TRANSLATE_NOOP("Sentences", "you have no permission to read it"),
    QT_TRANSLATE_NOOP("Sentences", "it is a link that leads nowhere"),
    QT_TRANSLATE_NOOP("Sentences", "the file is empty"),
    QT_TRANSLATE_NOOP("Sentences", "the file is damaged or cut short"),
    QT_TRANSLATE_NOOP(
        "Sentences", "the file is damaged, or of a variant that photoaes cannot read"
    ),
    QT_TRANSLATE_NOOP("Sentences", "it is not an image, or of a kind photoaes does not read"),
    QT_TRANSLATE_NOOP("Sentences", "it claims to be larger than any real photo"),
    QT_TRANSLATE_NOOP(
        "Sentences", "it claims to be {0} x {1} pixels large, more than any real photo"
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "opening its {0} megapixels takes more memory than photoaes allows"
    ),
    QT_TRANSLATE_NOOP("Sentences", "there is not enough free memory to open it"),
    QT_TRANSLATE_NOOP("Sentences", "the system could not read it ({0})"),
    QT_TRANSLATE_NOOP(
        "Sentences", "the RAW file is damaged, or from a camera that photoaes does not know"
    ),
    QT_TRANSLATE_NOOP("Sentences", 'HEIC photos need an addition: pip install "photoaes[heic]"'),
    QT_TRANSLATE_NOOP("Sentences", 'JPEG XL photos need an addition: pip install "photoaes[jxl]"'),
    QT_TRANSLATE_NOOP("Sentences", 'RAW photos need an addition: pip install "photoaes[raw]"'),
    QT_TRANSLATE_NOOP("Sentences", "Not one photo of this album could be read."),
    QT_TRANSLATE_NOOP("Sentences", "{0}: {1}. It was left as it is."),
    # why a sidecar cannot be written
    QT_TRANSLATE_NOOP("Sentences", "the disk is full"),
    QT_TRANSLATE_NOOP("Sentences", "you have no permission to write there"),
    QT_TRANSLATE_NOOP("Sentences", "the disk can only be read"),
    QT_TRANSLATE_NOOP("Sentences", "its folder is no longer there"),
    QT_TRANSLATE_NOOP("Sentences", "its name would be longer than the disk allows"),
    QT_TRANSLATE_NOOP("Sentences", "it is write-protected"),
    QT_TRANSLATE_NOOP("Sentences", "it could not be written ({0})"),
    QT_TRANSLATE_NOOP("Sentences", "another program keeps changing it"),
    QT_TRANSLATE_NOOP("Sentences", "another program has changed it since it was last read"),
    QT_TRANSLATE_NOOP("Sentences", "it is XML, but not XMP"),
    QT_TRANSLATE_NOOP("Sentences", "its text is damaged"),
    QT_TRANSLATE_NOOP("Sentences", "it is not a file"),
    # where ratings are kept
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The ratings in {0} are open in another photoaes{1}. "
        "Close that one first: two at once could lose ratings.",
    ),
    QT_TRANSLATE_NOOP("Sentences", " ({0}, process {1} on {2})"),
    QT_TRANSLATE_NOOP("Sentences", "Another program is using {0}. Close it and try again."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The folder {0}, where ratings are kept, cannot be written ({1}). "
        "Check its permissions, its disk's room and write protection.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The disk with {0} is full, so the last change was not saved. "
        "All earlier ones are. Make room and try again.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{0} cannot be written, so the last change was not saved. "
        "Check the permissions of its folder and whether its disk is write-protected.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{0} could not be read or written ({1}), so the last change was not saved. "
        "Check that its disk is connected, works and has room.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{0} is damaged. Close photoaes and open it again: it keeps the damaged file "
        "aside and goes back to the last good backup.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The ratings in {0} were last used by a newer photoaes (store version {1}, this "
        "program knows {2}). Nothing was changed. Install the newer version, or keep these "
        "ratings elsewhere and start with an empty folder.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "photoaes keeps ratings in {0}, but that cannot be used: {1}. Move it away.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{0} is a link to {1}, which does not hold ratings of photoaes. "
        "Nothing was changed. Remove the link, or let it lead to them.",
    ),
    # export
    QT_TRANSLATE_NOOP("Sentences", "{0} is a link that leads nowhere."),
    QT_TRANSLATE_NOOP("Sentences", "{0} is a file; choose a folder."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{0} files need {1:.0f} MB, and {2} has {3:.0f} MB free. "
        "Choose fewer photos, links or another disk.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The export stopped at {0}: {1}. {2} of {3} files are in {4}{5}; nothing else was changed.",
    ),
    QT_TRANSLATE_NOOP("Sentences", ", without a receipt that lists them"),
    QT_TRANSLATE_NOOP("Sentences", ", or where that is now, without a receipt that lists them"),
    QT_TRANSLATE_NOOP("Sentences", "{0}. The GPU is not used: {1}"),
    QT_TRANSLATE_NOOP(
        "Sentences", "Its driver is too old for this build of torch. Renew the driver."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "The GPU's memory is taken by other programs. Close them to use it."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The GPU's memory is too small for this, or taken by other programs. Close those that use "
        "it, or choose the CPU.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The GPU stopped working ({0}). What was measured until then is kept. Close photoaes and "
        "start again, or choose the CPU.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "Cannot write to {0}: {1}."),
    QT_TRANSLATE_NOOP("Sentences", "The name {0!r} cannot be understood: {1}."),
    QT_TRANSLATE_NOOP("Sentences", "The name {0!r} is longer than a file's may be."),
    QT_TRANSLATE_NOOP("Sentences", "The name {0!r} has a field {{{1}}}; there are {2}."),
    QT_TRANSLATE_NOOP("Sentences", "The name {0!r} cannot be filled in: {1}."),
    # learning, tastes, banks
    QT_TRANSLATE_NOOP("Sentences", "Rate some photos first: the difference is what teaches."),
    QT_TRANSLATE_NOOP(
        "Sentences", "All rated photos have {0:g} stars. Use at least two different values."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The taste profile {0!r} was learned with the bank {1!r} ({2}) and means nothing "
        "with this one ({3}). Install that bank, or learn a new profile.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "A taste profile needs a name."),
    QT_TRANSLATE_NOOP(
        "Sentences", "The name of a taste profile has at most {0} letters that can be shown."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The taste profile {0!r} is damaged. Learn it anew under its name, or remove it.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "There is a taste profile {0!r} already. Choose another name."),
    QT_TRANSLATE_NOOP("Sentences", "The taste profile cannot be written to {0}: {1}."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "photoaes keeps ratings in {0}, which is a link to {1}, and that is not there. "
        "Connect its drive, or remove the link.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "There is a file {0} already. Choose another name."),
    QT_TRANSLATE_NOOP("Sentences", "{0} cannot be read: {1}."),
    QT_TRANSLATE_NOOP("Sentences", "{0} is no taste profile to be used: {1}."),
    QT_TRANSLATE_NOOP("Sentences", "it is not JSON, or cut short"),
    QT_TRANSLATE_NOOP("Sentences", "it was not written by photoaes"),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "a newer photoaes wrote it; install that (version {0!r}, this program reads {1})",
    ),
    QT_TRANSLATE_NOOP("Sentences", "{0} is not a bank: it has no {1}."),
    QT_TRANSLATE_NOOP("Sentences", "A bank named {0} is installed already."),
    QT_TRANSLATE_NOOP("Sentences", "The bank could not be copied: {0}."),
    QT_TRANSLATE_NOOP("Sentences", "No bank named {0!r} is installed in {1}."),
    QT_TRANSLATE_NOOP("Sentences", "The bank in {0} cannot be used: {1}."),
    QT_TRANSLATE_NOOP("Sentences", "The bank's file {0} cannot be read: {1}."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{0} cannot be reached. Connect this computer to the network and try again: "
        "the download is needed once.",
    ),
    # processors
    QT_TRANSLATE_NOOP("Sentences", "CPU, 1 thread"),
    QT_TRANSLATE_NOOP("Sentences", "CPU, {0} threads"),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "No usable NVIDIA or AMD GPU was found (is its driver installed and new enough?).",
    ),
    QT_TRANSLATE_NOOP("Sentences", "The GPU was found but cannot run this build of torch: {0}."),
    # stages of a job
    QT_TRANSLATE_NOOP("Sentences", "Copying the bank"),
    QT_TRANSLATE_NOOP("Sentences", "Checking the experts"),
    QT_TRANSLATE_NOOP("Sentences", "Checking the backbone"),
    QT_TRANSLATE_NOOP("Sentences", "Checking the prior"),
    QT_TRANSLATE_NOOP("Sentences", "Checked the bank"),
    QT_TRANSLATE_NOOP("Sentences", "Looking for processors"),
    QT_TRANSLATE_NOOP("Sentences", "Looking at marks"),
    QT_TRANSLATE_NOOP("Sentences", "Comparing similar photos"),
    QT_TRANSLATE_NOOP("Sentences", "Writing sidecar files"),
)
# What the system says when a file cannot be written or read: values of the forms above.
SYSTEM = (
    QT_TRANSLATE_NOOP("Sentences", "No space left on device"),
    QT_TRANSLATE_NOOP("Sentences", "Permission denied"),
    QT_TRANSLATE_NOOP("Sentences", "Read-only file system"),
    QT_TRANSLATE_NOOP("Sentences", "No such file or directory"),
    QT_TRANSLATE_NOOP("Sentences", "Not a directory"),
    QT_TRANSLATE_NOOP("Sentences", "Input/output error"),
)


def said(what: str | PhotoaesError | Exception) -> str:
    """A sentence or an error's text in the user's language."""
    if isinstance(what, Exception):
        return said(what.message if isinstance(what, PhotoaesError) else str(what))
    form = what.form if isinstance(what, Sentence) else what
    text = QCoreApplication.translate(CONTEXT, form) if form else ""
    values = what.values if isinstance(what, Sentence) else ()
    if not values:
        return text
    return text.format(*(said(one) if isinstance(one, str) else one for one in values))
