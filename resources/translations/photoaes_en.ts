<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AlbumCommands</name>
    <message numerus="yes">
        <source>%n photos are missing; their stars are kept.</source>
        <translation>
            <numerusform>%n photo is missing; its stars are kept.</numerusform>
            <numerusform>%n photos are missing; their stars are kept.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stars found in the photos and their sidecars.</source>
        <translation>
            <numerusform>%n rating found in the photos and their sidecars.</numerusform>
            <numerusform>%n stars found in the photos and their sidecars.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n photos are hidden by filters.</source>
        <translation>
            <numerusform>The only photo is hidden by filters.</numerusform>
            <numerusform>All %n photos are hidden by filters.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BanksBody</name>
    <message numerus="yes">
        <source>%n experts: {0}</source>
        <translation>
            <numerusform>%n expert: {0}</numerusform>
            <numerusform>%n experts: {0}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BestShots</name>
    <message numerus="yes">
        <source>%n photos</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n names are taken and get a number</source>
        <translation>
            <numerusform>%n name is taken and gets a number</numerusform>
            <numerusform>%n names are taken and get a number</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files are missing</source>
        <translation>
            <numerusform>%n file is missing</numerusform>
            <numerusform>%n files are missing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files exported to {0}.</source>
        <translation>
            <numerusform>%n file exported to {0}.</numerusform>
            <numerusform>%n files exported to {0}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CheckLine</name>
    <message numerus="yes">
        <source>Rate %n photos without seeing scores, then compare</source>
        <translation>
            <numerusform>Rate %n photo without seeing scores, then compare</numerusform>
            <numerusform>Rate %n photos without seeing scores, then compare</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DetailsBody</name>
    <message numerus="yes">
        <source>%n rated photos</source>
        <translation>
            <numerusform>%n rated photo</numerusform>
            <numerusform>%n rated photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more of earlier albums</source>
        <translation>
            <numerusform>%n more of earlier albums</numerusform>
            <numerusform>%n more of earlier albums</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n compared pairs</source>
        <translation>
            <numerusform>%n compared pair</numerusform>
            <numerusform>%n compared pairs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FacetPanel</name>
    <message numerus="yes">
        <source>%n stars</source>
        <translation>
            <numerusform>%n star</numerusform>
            <numerusform>%n stars</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message numerus="yes">
        <source>%n values</source>
        <translation>
            <numerusform>%n value</numerusform>
            <numerusform>%n values</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GridModel</name>
    <message numerus="yes">
        <source>%n stars made of a score</source>
        <translation>
            <numerusform>%n star made of a score</numerusform>
            <numerusform>%n stars made of a score</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stars</source>
        <translation>
            <numerusform>%n star</numerusform>
            <numerusform>%n stars</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Headings</name>
    <message numerus="yes">
        <source>%n photos</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Learning</name>
    <message numerus="yes">
        <source>%n photos could not be read</source>
        <translation>
            <numerusform>%n photo could not be read</numerusform>
            <numerusform>%n photos could not be read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>%n photos</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProfilesBody</name>
    <message numerus="yes">
        <source>Learned from %n rated photos</source>
        <translation>
            <numerusform>Learned from %n rated photo</numerusform>
            <numerusform>Learned from %n rated photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message numerus="yes">
        <source>%n photos changed.</source>
        <translation>
            <numerusform>%n photo changed.</numerusform>
            <numerusform>%n photos changed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SidecarsDialog</name>
    <message numerus="yes">
        <source>Small XMP files beside %n photos will say your stars, flags and labels, so that Lightroom, darktable and digiKam can read them. The photos themselves stay as they are; what other programs wrote in such files is kept.</source>
        <translation>
            <numerusform>A small XMP file beside %n photo will say your stars, flags and labels, so that Lightroom, darktable and digiKam can read them. The photo itself stays as it is; what other programs wrote in such files is kept.</numerusform>
            <numerusform>Small XMP files beside %n photos will say your stars, flags and labels, so that Lightroom, darktable and digiKam can read them. The photos themselves stay as they are; what other programs wrote in such files is kept.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>%n photos</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hidden by filters</source>
        <translation>
            <numerusform>%n hidden by filters</numerusform>
            <numerusform>%n hidden by filters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TasteCommands</name>
    <message numerus="yes">
        <source>%n sidecar files written.</source>
        <translation>
            <numerusform>%n sidecar file written.</numerusform>
            <numerusform>%n sidecar files written.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be: {0}</source>
        <translation>
            <numerusform>%n could not be: {0}</numerusform>
            <numerusform>%n could not be: {0}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message numerus="yes">
        <source>%n photos rated.</source>
        <translation>
            <numerusform>%n photo rated.</numerusform>
            <numerusform>%n photos rated.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It goes on from %n photos that you rated in earlier albums.</source>
        <translation>
            <numerusform>It goes on from %n photo that you rated in earlier albums.</numerusform>
            <numerusform>It goes on from %n photos that you rated in earlier albums.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>With these %n ratings the general score fits you as well. The order stays general; rate some more and try again.</source>
        <translation>
            <numerusform>With this %n rating the general score fits you as well. The order stays general; rate some more and try again.</numerusform>
            <numerusform>With these %n ratings the general score fits you as well. The order stays general; rate some more and try again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n seconds</source>
        <translation>
            <numerusform>about %n second</numerusform>
            <numerusform>about %n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n minutes</source>
        <translation>
            <numerusform>about %n minute</numerusform>
            <numerusform>about %n minutes</numerusform>
        </translation>
    </message>
</context>
</TS>
