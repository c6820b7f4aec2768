<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AlbumCommands</name>
    <message numerus="yes">
        <source>%Ln photos of this album are no longer where they were.</source>
        <translation>
            <numerusform>%Ln photo of this album is no longer where it was.</numerusform>
            <numerusform>%Ln photos of this album are no longer where they were.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln missing photos forgotten.</source>
        <translation>
            <numerusform>%Ln missing photo forgotten.</numerusform>
            <numerusform>%Ln missing photos forgotten.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos are missing; their stars are kept.</source>
        <translation>
            <numerusform>%Ln photo is missing; its stars are kept.</numerusform>
            <numerusform>%Ln photos are missing; their stars are kept.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BanksBody</name>
    <message numerus="yes">
        <source>%Ln experts: {0}</source>
        <translation>
            <numerusform>%Ln expert: {0}</numerusform>
            <numerusform>%Ln experts: {0}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BestShots</name>
    <message numerus="yes">
        <source>%Ln files exported to {0}.</source>
        <translation>
            <numerusform>%Ln file exported to {0}.</numerusform>
            <numerusform>%Ln files exported to {0}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CheckLine</name>
    <message numerus="yes">
        <source>Rate %Ln photos without seeing scores, then compare</source>
        <translation>
            <numerusform>Rate %Ln photo without seeing scores, then compare</numerusform>
            <numerusform>Rate %Ln photos without seeing scores, then compare</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ClocksDialog</name>
    <message numerus="yes">
        <source>{0} (%Ln photos)</source>
        <translation>
            <numerusform>{0} (%Ln photo)</numerusform>
            <numerusform>{0} (%Ln photos)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DetailsBody</name>
    <message numerus="yes">
        <source>%Ln rated photos</source>
        <translation>
            <numerusform>%Ln rated photo</numerusform>
            <numerusform>%Ln rated photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more of earlier albums</source>
        <translation>
            <numerusform>%Ln more of earlier albums</numerusform>
            <numerusform>%Ln more of earlier albums</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln compared pairs</source>
        <translation>
            <numerusform>%Ln compared pair</numerusform>
            <numerusform>%Ln compared pairs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EmptyStates</name>
    <message numerus="yes">
        <source>All %Ln photos are hidden by filters.</source>
        <translation>
            <numerusform>The only photo is hidden by filters.</numerusform>
            <numerusform>All %Ln photos are hidden by filters.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FaceCommands</name>
    <message numerus="yes">
        <source>Looked for faces on %Ln photos: see Filter.</source>
        <translation>
            <numerusform>Looked for faces on %Ln photo: see Filter.</numerusform>
            <numerusform>Looked for faces on %Ln photos: see Filter.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FaceText</name>
    <message numerus="yes">
        <source>%Ln faces</source>
        <translation>
            <numerusform>%Ln face</numerusform>
            <numerusform>%Ln faces</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln faces with closed eyes</source>
        <translation>
            <numerusform>%Ln face with closed eyes</numerusform>
            <numerusform>%Ln faces with closed eyes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln faces out of focus</source>
        <translation>
            <numerusform>%Ln face out of focus</numerusform>
            <numerusform>%Ln faces out of focus</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FacetPanel</name>
    <message numerus="yes">
        <source>%Ln stars</source>
        <translation>
            <numerusform>%Ln star</numerusform>
            <numerusform>%Ln stars</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FacetRow</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message numerus="yes">
        <source>%Ln values</source>
        <translation>
            <numerusform>%Ln value</numerusform>
            <numerusform>%Ln values</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GridModel</name>
    <message numerus="yes">
        <source>Your %Ln stars place it, before the score.</source>
        <translation>
            <numerusform>Your %Ln star places it, before the score.</numerusform>
            <numerusform>Your %Ln stars place it, before the score.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln stars made of a score</source>
        <translation>
            <numerusform>%Ln star made of a score</numerusform>
            <numerusform>%Ln stars made of a score</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln stars</source>
        <translation>
            <numerusform>%Ln star</numerusform>
            <numerusform>%Ln stars</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Headings</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the best {0} of %Ln photos (S shows all)</source>
        <translation>
            <numerusform>the best {0} of %Ln photo (S shows all)</numerusform>
            <numerusform>the best {0} of %Ln photos (S shows all)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Learning</name>
    <message numerus="yes">
        <source>%Ln photos could not be read</source>
        <translation>
            <numerusform>%Ln photo could not be read</numerusform>
            <numerusform>%Ln photos could not be read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MarkCommands</name>
    <message numerus="yes">
        <source>%Ln photos have labels.</source>
        <translation>
            <numerusform>%Ln photo has a label.</numerusform>
            <numerusform>%Ln photos have labels.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos have stars.</source>
        <translation>
            <numerusform>%Ln photo has stars.</numerusform>
            <numerusform>%Ln photos have stars.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos have hollow stars.</source>
        <translation>
            <numerusform>%Ln photo has hollow stars.</numerusform>
            <numerusform>%Ln photos have hollow stars.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos confirmed.</source>
        <translation>
            <numerusform>%Ln photo confirmed.</numerusform>
            <numerusform>%Ln photos confirmed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Kept the best, rejected %Ln.</source>
        <translation>
            <numerusform>Kept the best, rejected %Ln.</numerusform>
            <numerusform>Kept the best, rejected %Ln.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Undone for %Ln photos.</source>
        <translation>
            <numerusform>Undone for %Ln photo.</numerusform>
            <numerusform>Undone for %Ln photos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Done again for %Ln photos.</source>
        <translation>
            <numerusform>Done again for %Ln photo.</numerusform>
            <numerusform>Done again for %Ln photos.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message numerus="yes">
        <source>%Ln stars</source>
        <translation>
            <numerusform>%Ln star</numerusform>
            <numerusform>%Ln stars</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MoveDialog</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MovingCommands</name>
    <message numerus="yes">
        <source>%Ln files moved.</source>
        <translation>
            <numerusform>%Ln file moved.</numerusform>
            <numerusform>%Ln files moved.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files moved back.</source>
        <translation>
            <numerusform>%Ln file moved back.</numerusform>
            <numerusform>%Ln files moved back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be: {0}</source>
        <translation>
            <numerusform>%Ln could not be: {0}</numerusform>
            <numerusform>%Ln could not be: {0}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutsideCommands</name>
    <message numerus="yes">
        <source>%Ln stars found in the photos and their sidecars.</source>
        <translation>
            <numerusform>%Ln rating found in the photos and their sidecars.</numerusform>
            <numerusform>%Ln stars found in the photos and their sidecars.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln flags found in sidecars.</source>
        <translation>
            <numerusform>%Ln flag found in sidecars.</numerusform>
            <numerusform>%Ln flags found in sidecars.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln labels found in sidecars.</source>
        <translation>
            <numerusform>%Ln label found in sidecars.</numerusform>
            <numerusform>%Ln labels found in sidecars.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln copies took over the stars of photos that are gone.</source>
        <translation>
            <numerusform>%Ln copy took over the stars of a photo that is gone.</numerusform>
            <numerusform>%Ln copies took over the stars of photos that are gone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos were marked anew in other programs.</source>
        <translation>
            <numerusform>%Ln photo was marked anew in other programs.</numerusform>
            <numerusform>%Ln photos were marked anew in other programs.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos keep your marks, which are newer than others.</source>
        <translation>
            <numerusform>%Ln photo keeps your mark, which is newer than another.</numerusform>
            <numerusform>%Ln photos keep your marks, which are newer than others.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln questions are open: see Album.</source>
        <translation>
            <numerusform>%Ln question is open: see Album.</numerusform>
            <numerusform>%Ln questions are open: see Album.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos have marks that photoaes does not read.</source>
        <translation>
            <numerusform>%Ln photo has marks that photoaes does not read.</numerusform>
            <numerusform>%Ln photos have marks that photoaes does not read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln marks could not be understood.</source>
        <translation>
            <numerusform>%Ln mark could not be understood.</numerusform>
            <numerusform>%Ln marks could not be understood.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln questions settled.</source>
        <translation>
            <numerusform>%Ln question settled.</numerusform>
            <numerusform>%Ln questions settled.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The sidecar files of %Ln photos still say otherwise.</source>
        <translation>
            <numerusform>The sidecar files of %Ln photo still say otherwise.</numerusform>
            <numerusform>The sidecar files of %Ln photos still say otherwise.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sidecar files written.</source>
        <translation>
            <numerusform>%Ln sidecar file written.</numerusform>
            <numerusform>%Ln sidecar files written.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhotoCommands</name>
    <message numerus="yes">
        <source>%Ln paths copied.</source>
        <translation>
            <numerusform>%Ln path copied.</numerusform>
            <numerusform>%Ln paths copied.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos copied.</source>
        <translation>
            <numerusform>%Ln photo copied.</numerusform>
            <numerusform>%Ln photos copied.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlanWording</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln names are taken and get a number</source>
        <translation>
            <numerusform>%Ln name is taken and gets a number</numerusform>
            <numerusform>%Ln names are taken and get a number</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files are missing</source>
        <translation>
            <numerusform>%Ln file is missing</numerusform>
            <numerusform>%Ln files are missing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln edits and films stay behind</source>
        <translation>
            <numerusform>%Ln edit or film stays behind</numerusform>
            <numerusform>%Ln edits and films stay behind</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos of {0} bursts left out</source>
        <translation>
            <numerusform>%Ln photo of {0} bursts left out</numerusform>
            <numerusform>%Ln photos of {0} bursts left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProfilesBody</name>
    <message numerus="yes">
        <source>Learned from %Ln rated photos</source>
        <translation>
            <numerusform>Learned from %Ln rated photo</numerusform>
            <numerusform>Learned from %Ln rated photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message numerus="yes">
        <source>%Ln photos changed.</source>
        <translation>
            <numerusform>%Ln photo changed.</numerusform>
            <numerusform>%Ln photos changed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShareStars</name>
    <message numerus="yes">
        <source>Share with %Ln stars</source>
        <translation>
            <numerusform>Share with %Ln star</numerusform>
            <numerusform>Share with %Ln stars</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more keep their label</source>
        <translation>
            <numerusform>%Ln more keeps its label</numerusform>
            <numerusform>%Ln more keep their label</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more keep your stars</source>
        <translation>
            <numerusform>%Ln more keeps your stars</numerusform>
            <numerusform>%Ln more keep your stars</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SidecarsDialog</name>
    <message numerus="yes">
        <source>Small XMP files beside %Ln photos will say your stars, flags and labels, so that Lightroom, darktable and digiKam can read them. The photos themselves stay as they are; what other programs wrote in such files is kept. Lightroom reads them beside RAW files only.</source>
        <translation>
            <numerusform>A small XMP file beside %Ln photo will say your stars, flags and labels, so that Lightroom, darktable and digiKam can read it. The photo itself stays as it is; what other programs wrote in such files is kept. Lightroom reads it beside RAW files only.</numerusform>
            <numerusform>Small XMP files beside %Ln photos will say your stars, flags and labels, so that Lightroom, darktable and digiKam can read them. The photos themselves stay as they are; what other programs wrote in such files is kept. Lightroom reads them beside RAW files only.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln selected</numerusform>
            <numerusform>%Ln selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more of these days</source>
        <translation>
            <numerusform>%Ln more of these days</numerusform>
            <numerusform>%Ln more of these days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more in stacks</source>
        <translation>
            <numerusform>%Ln more in stacks</numerusform>
            <numerusform>%Ln more in stacks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hidden by filters</source>
        <translation>
            <numerusform>%Ln hidden by filters</numerusform>
            <numerusform>%Ln hidden by filters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{0} of %Ln photos</source>
        <translation>
            <numerusform>{0} of %Ln photo</numerusform>
            <numerusform>{0} of %Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TasteCommands</name>
    <message numerus="yes">
        <source>%Ln new photos have no score yet: personalize again.</source>
        <translation>
            <numerusform>%Ln new photo has no score yet: personalize again.</numerusform>
            <numerusform>%Ln new photos have no score yet: personalize again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sidecar files written.</source>
        <translation>
            <numerusform>%Ln sidecar file written.</numerusform>
            <numerusform>%Ln sidecar files written.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be: {0}</source>
        <translation>
            <numerusform>%Ln could not be: {0}</numerusform>
            <numerusform>%Ln could not be: {0}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message numerus="yes">
        <source>%Ln photos rated.</source>
        <translation>
            <numerusform>%Ln photo rated.</numerusform>
            <numerusform>%Ln photos rated.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It goes on from %Ln photos that you rated in earlier albums.</source>
        <translation>
            <numerusform>It goes on from %Ln photo that you rated in earlier albums.</numerusform>
            <numerusform>It goes on from %Ln photos that you rated in earlier albums.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cannot tell yet: %Ln stars given by chance could fit as well. Until you rate more, the order is {0} % yours, the rest is general.</source>
        <translation>
            <numerusform>Cannot tell yet: %Ln star given by chance could fit as well. Until you rate more, the order is {0} % yours, the rest is general.</numerusform>
            <numerusform>Cannot tell yet: %Ln stars given by chance could fit as well. Until you rate more, the order is {0} % yours, the rest is general.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>With these %Ln ratings no order agrees with you better than a coin would. Rate some more and try again.</source>
        <translation>
            <numerusform>With this %Ln rating no order agrees with you better than a coin would. Rate some more and try again.</numerusform>
            <numerusform>With these %Ln ratings no order agrees with you better than a coin would. Rate some more and try again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln seconds</source>
        <translation>
            <numerusform>about %Ln second</numerusform>
            <numerusform>about %Ln seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln minutes</source>
        <translation>
            <numerusform>about %Ln minute</numerusform>
            <numerusform>about %Ln minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln hours</source>
        <translation>
            <numerusform>about %Ln hour</numerusform>
            <numerusform>about %Ln hours</numerusform>
        </translation>
    </message>
</context>
</TS>
